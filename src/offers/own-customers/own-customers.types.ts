import { Field, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";

@ObjectType({
  description:
    "The people you serve already, as hashes: their requests are not sold to you. No answer of this API tells whether somebody was found in it. Entries that are not uploaded again are deleted after a year.",
})
export class OwnCustomerList {
  @Field(() => String, {
    description:
      "Your own key to make hashes with, 32 bytes in base64: HMAC-SHA-256 of `EMAIL:` or `PHONE:` and the address or number, written as docs/own-customers.md says. It is a secret of yours: whoever has it can test whether a person is in a copy of your list.",
  })
  key: string;
  @Field(() => Int, { description: "How many hashes it holds; a person can have two." }) count: number;
  @Field(() => DateTime, { nullable: true }) updatedAt: Date | null;
  @Field(() => DateTime, {
    description: "When this was answered, by the server's clock: for notUploadedSince.",
  })
  at: Date;
}
