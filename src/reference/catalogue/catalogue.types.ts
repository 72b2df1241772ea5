import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Language } from "../../platform/graphql/language";
import { hashOfText } from "../../platform/text-hash";
import type { Language as Lang, Words } from "../../shared/language";
import { ConfirmationChannel, FieldType, Purpose } from "./catalogue-enums.types";
import { declarationOf } from "./declaration";
import type {
  ConfirmationChannel as Confirmation,
  ConsentDeclaration as Declaration,
  FieldType as Kind,
  FormField,
  Product as ProductData,
  Purpose as Use,
} from "./form";
import { unitText } from "./unit-text";

export { ConfirmationChannel, ContactChannel, FieldType, Purpose } from "./catalogue-enums.types";

@ObjectType({ description: "What a person can request: a kind of car, a lease or an insurance." })
export class Product {
  @Field(() => ID, { description: "The code of the product, such as NEW_CAR." }) id: string;
  /** The name when no language is asked for. */
  readonly label: string;
  readonly labels: Words;
  @Field(() => Int, { description: "The largest number of suppliers that one request is sent to." })
  seats: number;
  @Field(() => Int, { description: "The largest number of suppliers in a preview." }) recipientsShown: number;
  @Field(() => String, {
    description: "The published rule that ranks suppliers. The page at rankingUrl explains it.",
  })
  rankedBy: string;
}

@ObjectType({ description: "One of the answers to choose from." })
export class Option {
  @Field(() => String, { description: "What is sent as the answer." }) value: string;
  @Field(() => String, { description: "What the person reads, in the language of the form." }) label: string;
}

@ObjectType("Field", { description: "One question of a form." })
export class FormFieldType {
  @Field(() => ID, { description: "The id of the field, by which answers and criteria name it." }) id: string;
  @Field(() => String, { description: "The question, in the language of the form." }) label: string;
  @Field(() => FieldType, { description: "What an answer looks like." }) type: Kind;
  @Field(() => Boolean, { description: "Whether a request must answer it." }) required: boolean;
  @Field(() => [Option], {
    nullable: true,
    description: "For CHOICE and MULTICHOICE only; null for other types.",
  })
  options: Option[] | null;
  @Field(() => Float, {
    nullable: true,
    description: "For NUMBER only: the lowest answer; null if there is none.",
  })
  min: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "For NUMBER only: the highest answer; null if there is none.",
  })
  max: number | null;
  @Field(() => String, {
    nullable: true,
    description: "For NUMBER only: what is counted, such as EUR; null if nothing is to be shown.",
  })
  unit: string | null;
  @Field(() => String, { description: "Why the question is asked, in the language of the form." })
  servesFor: string;
}

@ObjectType({ description: "A checkbox for one purpose. No checkbox is ticked in advance." })
export class DeclaredPurpose {
  @Field(() => Purpose, { description: "The purpose that the person consents to." }) purpose: Use;
  @Field(() => String, { description: "The words beside the checkbox, in the language of the form." })
  text: string;
}

@ObjectType({
  description: "The declaration to show, word for word. The person's consent refers to its hash.",
})
export class ConsentDeclaration {
  @Field(() => Language, { description: "The language of the text." }) language: Lang;
  @Field(() => String, { description: "The whole declaration." }) text: string;
  @Field(() => String, { description: "SHA-256 of `text` in hexadecimal." }) textHash: string;
  @Field(() => [DeclaredPurpose], {
    description: "One checkbox for each purpose that the person may consent to.",
  })
  purposes: DeclaredPurpose[];
}

@ObjectType({
  description: "A published version of a form. It never changes; a change is published as a new version.",
})
export class Form {
  @Field(() => Product, { description: "What the person asks for with this form." }) product: Product;
  @Field(() => Int, { description: "Counts the versions of the product's form, from 1." }) version: number;
  @Field(() => [FormFieldType], { description: "The questions, in the order in which they are asked." })
  fields: FormFieldType[];
  @Field(() => ConsentDeclaration, { description: "What the person consents to, in the language asked for." })
  consent: ConsentDeclaration;
  @Field(() => [ConfirmationChannel], {
    description: "How the person can prove that the contact is theirs. Empty: no request can be confirmed.",
  })
  confirmBy: Confirmation[];
}

export const toProduct = ({ id, label, seats, recipientsShown, rankedBy }: ProductData): Product => ({
  id,
  label: label.FR,
  labels: label,
  seats,
  recipientsShown,
  rankedBy,
});

export const toDeclaration = ({ language, text, purposes }: Declaration): ConsentDeclaration => ({
  language,
  text,
  textHash: hashOfText(text),
  purposes: purposes.map((purpose) => ({ ...purpose })),
});

export function toForm(product: ProductData, language: Lang): Form {
  const { form } = product;
  return {
    product: { ...toProduct(product), label: product.label[language] },
    version: form.version,
    fields: form.fields.map((field) => toField(field, language)),
    consent: toDeclaration(declarationOf(form, language)),
    confirmBy: [...form.confirmBy],
  };
}

const toField = (field: FormField, language: Lang): FormFieldType => ({
  id: field.id,
  label: field.label[language],
  type: field.type,
  required: field.required,
  options: field.options?.map(({ value, label }) => ({ value, label: label[language] })) ?? null,
  min: field.min ?? null,
  max: field.max ?? null,
  unit: field.unit === undefined ? null : unitText(field.unit, language),
  servesFor: field.servesFor[language],
});
