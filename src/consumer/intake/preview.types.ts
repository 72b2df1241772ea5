import { Field, Float, ID, InputType, ObjectType } from "type-graphql";
import type { Language as Lang } from "../../reference/catalogue";
import { ConsentDeclaration, toDeclaration } from "../../reference/catalogue/catalogue.types";
import { Language } from "../../platform/graphql/language";
import { DateTime, Json } from "../../platform/graphql/scalars";
import type { PreviewView } from "./preview";

@InputType()
export class AnswerInput {
  @Field(() => ID) field: string;
  @Field(() => Json, {
    description:
      "Text, a number, a boolean, a date (YYYY-MM-DD) or a list of options, depending on the field.",
  })
  value: unknown;
}

@InputType({
  description:
    "Where the need is. Give inseeCode when several communes share the postcode; without it the error lists them in its extensions.",
})
export class LocationInput {
  @Field(() => String) postcode: string;
  @Field(() => String, { nullable: true }) inseeCode?: string;
  @Field(() => Float, {
    nullable: true,
    description:
      "With latitude, the exact position of the need. It is stored encrypted and not shown to suppliers.",
  })
  longitude?: number;
  @Field(() => Float, { nullable: true }) latitude?: number;
}

@InputType()
export class PreviewRecipientsInput {
  @Field(() => ID) product: string;
  @Field(() => [AnswerInput]) answers: AnswerInput[];
  @Field(() => LocationInput) location: LocationInput;
  @Field(() => Language, {
    nullable: true,
    defaultValue: "FR",
    description: "The language of the declaration.",
  })
  language: Lang | null;
}

@ObjectType({ description: "A supplier to show to the person." })
export class Recipient {
  @Field(() => ID) supplierId: string;
  @Field(() => String) name: string;
  @Field(() => String, {
    nullable: true,
    description: "The city of the site that would serve the need, or of the supplier.",
  })
  city: string | null;
  @Field(() => [String]) creditAgencies: readonly string[];
}

@ObjectType({
  description:
    "The suppliers and the declaration to show to the person. The token fixes the need, the place, the recipients shown and the declaration, and must be submitted before it expires.",
})
export class RecipientPreview {
  @Field(() => String) token: string;
  @Field(() => DateTime) expiresAt: Date;
  @Field(() => ConsentDeclaration) consent: ConsentDeclaration;
  @Field(() => [Recipient], {
    description: "Show one unticked box for each recipient and channel.",
  })
  recipients: Recipient[];
  @Field(() => String, {
    description:
      "The published rule that orders the recipients. It is the rule of the product, except that recipients are never ordered by rotation.",
  })
  rankedBy: string;
  @Field(() => String, {
    description: "The page that explains how requests are distributed. Link to it next to the recipients.",
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
