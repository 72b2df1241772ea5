import { Field, Float, ID, InputType, ObjectType } from "type-graphql";
import type { Language as Lang } from "../../reference/catalogue";
import { ConsentDeclaration, toDeclaration } from "../../reference/catalogue/catalogue.types";
import { Language } from "../../platform/graphql/language";
import { DateTime, Json } from "../../platform/graphql/scalars";
import type { PreviewView } from "./preview";

@InputType({ description: "The answer to one question of the form." })
export class AnswerInput {
  @Field(() => ID, { description: "The id of the question in the form." }) field: string;
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
  @Field(() => String, { description: "The five digits of a French postcode." }) postcode: string;
  @Field(() => String, {
    nullable: true,
    description: "The INSEE code of the commune. Required where the postcode has several communes.",
  })
  inseeCode?: string;
  @Field(() => Float, {
    nullable: true,
    description:
      "With latitude, the exact position of the need. It is stored encrypted and not shown to suppliers.",
  })
  longitude?: number;
  @Field(() => Float, { nullable: true, description: "Only with longitude. Decimal degrees (WGS 84)." })
  latitude?: number;
}

@InputType({ description: "A need without personal data." })
export class PreviewRecipientsInput {
  @Field(() => ID, { description: "The product. NOT_FOUND if there is none with this id." }) product: string;
  @Field(() => [AnswerInput], { description: "The answers to the form of the product." })
  answers: AnswerInput[];
  @Field(() => LocationInput, { description: "Where the need is." }) location: LocationInput;
  @Field(() => Language, {
    nullable: true,
    defaultValue: "FR",
    description: "The language of the declaration.",
  })
  language: Lang | null;
}

@ObjectType({ description: "A supplier to show to the person." })
export class Recipient {
  @Field(() => ID, { description: "The supplier, for the grants of submitLead." }) supplierId: string;
  @Field(() => String, { description: "The name to show." }) name: string;
  @Field(() => String, {
    nullable: true,
    description: "The city of the site that would serve the need, or of the supplier.",
  })
  city: string | null;
  @Field(() => String, {
    description:
      "The country where the supplier is registered: two letters (ISO 3166-1 alpha-2). Show it next to the name unless it is FR: the person decides whether their request leaves France.",
  })
  country: string;
  @Field(() => [String], {
    description: "The credit agencies that the supplier may ask, each with a box of its own.",
  })
  creditAgencies: readonly string[];
}

@ObjectType({
  description:
    "The suppliers and the declaration to show to the person. The token fixes the need, the place, the recipients shown and the declaration, and must be submitted before it expires.",
})
export class RecipientPreview {
  @Field(() => String, { description: "Pass it to submitLead exactly as you received it." }) token: string;
  @Field(() => DateTime, { description: "Until when the token can be submitted." }) expiresAt: Date;
  @Field(() => ConsentDeclaration, { description: "The declaration to show, word for word." })
  consent: ConsentDeclaration;
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
  recipients: recipients.map(({ id, name, city, country, creditAgencies }) => ({
    supplierId: id,
    name,
    city,
    country,
    creditAgencies,
  })),
});
