import { Field, Float, ID, InputType, ObjectType } from "type-graphql";
import type { Language as Lang } from "../../reference/catalogue";
import { ConsentDeclaration, Language, toDeclaration } from "../../reference/catalogue/catalogue.types";
import { DateTime, Json } from "../../platform/graphql/scalars";
import type { PreviewView } from "./preview";

@InputType()
export class AnswerInput {
  @Field(() => ID) field: string;
  @Field(() => Json, {
    description: "A text, a number, true or false, YYYY-MM-DD, or a list of options, as the field asks.",
  })
  value: unknown;
}

@InputType({
  description:
    "Where the need is. Give inseeCode wherever several communes share the postcode; without it an error lists them in its extensions.",
})
export class LocationInput {
  @Field(() => String) postcode: string;
  @Field(() => String, { nullable: true }) inseeCode?: string;
  @Field(() => Float, {
    nullable: true,
    description: "With latitude: where exactly the need is. Kept sealed; no supplier is shown it.",
  })
  longitude?: number;
  @Field(() => Float, { nullable: true }) latitude?: number;
}

@InputType()
export class PreviewRecipientsInput {
  @Field(() => ID) product: string;
  @Field(() => [AnswerInput]) answers: AnswerInput[];
  @Field(() => LocationInput) location: LocationInput;
  @Field(() => Language, { nullable: true, defaultValue: "FR", description: "Of the declaration to show." })
  language: Lang | null;
}

@ObjectType({ description: "A supplier to name to the person." })
export class Recipient {
  @Field(() => ID) supplierId: string;
  @Field(() => String) name: string;
  @Field(() => String, {
    nullable: true,
    description: "Of the site that would serve the need, or of the supplier.",
  })
  city: string | null;
  @Field(() => [String]) creditAgencies: readonly string[];
}

@ObjectType({
  description:
    "The token binds need, place, recipients shown and declaration; it bounds the time from preview to submit, nothing else.",
})
export class RecipientPreview {
  @Field(() => String) token: string;
  @Field(() => DateTime) expiresAt: Date;
  @Field(() => ConsentDeclaration) consent: ConsentDeclaration;
  @Field(() => [Recipient], { description: "One unticked box each, per channel." }) recipients: Recipient[];
  @Field(() => String, {
    description: "The published rule by which they are shown: the product's, but never by whose turn it is.",
  })
  rankedBy: string;
  @Field(() => String, {
    description: "The page that says how requests are shared out, to link to beside the recipients.",
  })
  rankingUrl: string;
}

export const toPreview = (
  { token, expiresAt, declaration, recipients, rankedBy }: PreviewView,
  rankingUrl: string,
): RecipientPreview => ({
  token,
  expiresAt,
  rankedBy,
  rankingUrl,
  consent: toDeclaration(declaration),
  recipients: recipients.map(({ id, name, city, creditAgencies }) => ({
    supplierId: id,
    name,
    city,
    creditAgencies,
  })),
});
