import { Field, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";

@ObjectType({
  description:
    "The people you serve already, as hashes: their requests are not sold to you. No answer of this API reveals whether somebody was found in the list. Entries that are not uploaded again are deleted after a year.",
})
export class OwnCustomerList {
  @Field(() => String, {
    description:
      "Your own key for computing hashes, 32 bytes in base64: HMAC-SHA-256 of `EMAIL:` or `PHONE:` and the address or number, normalised as in docs/own-customers.md. Keep it secret: whoever has it can test whether a person is in a copy of your list.",
  })
  key: string;
  @Field(() => Int, { description: "The number of hashes in the list. A person may have two." })
  count: number;
  @Field(() => DateTime, {
    nullable: true,
    description: "When an entry was last uploaded; null while the list is empty.",
  })
  updatedAt: Date | null;
  @Field(() => DateTime, {
    description: "The server's time of this answer, to be used as notUploadedSince.",
  })
  at: Date;
}
