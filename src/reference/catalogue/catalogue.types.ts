import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Language } from "../../platform/graphql/language";
import { hashOfText } from "../../platform/text-hash";
import type { Language as Lang } from "../../shared/language";
import { declarationOf } from "./declaration";
import type {
  ConfirmationChannel as Confirmation,
  ContactChannel as Channel,
  ConsentDeclaration as Declaration,
  FieldType as Kind,
  FormField,
  Product as ProductData,
  Purpose as Use,
} from "./form";

const named = <T extends string>(...values: T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const FieldType = named<Kind>("CHOICE", "MULTICHOICE", "NUMBER", "BOOLEAN", "TEXT", "DATE");
export const ContactChannel = named<Channel>("PHONE", "SMS", "EMAIL");
export const Purpose = named<Use>(
  "TRANSMIT",
  "QUALIFICATION_CALL",
  "FEEDBACK_CALL",
  "APPOINTMENT",
  "CREDIT_CHECK",
  "AUDIENCES",
);
export const ConfirmationChannel = named<Confirmation>("SMS", "EMAIL", "OPERATOR_CALL");
registerEnumType(FieldType, {
  name: "FieldType",
  description: "The type of an answer. DATE is YYYY-MM-DD. TEXT is free text in the person's own words.",
});
registerEnumType(ContactChannel, {
  name: "ContactChannel",
  description: "How a supplier may contact the person.",
});
registerEnumType(Purpose, {
  name: "Purpose",
  description:
    "A purpose of consent, given separately from the others. TRANSMIT names suppliers and channels.",
});
registerEnumType(ConfirmationChannel, {
  name: "ConfirmationChannel",
  description:
    "How the person proves that the contact is theirs. It is chosen before anything is sent. SMS uses a processor and can be refused.",
});

@ObjectType({ description: "What a person can request: a kind of car, a lease or an insurance." })
export class Product {
  @Field(() => ID) id: string;
  @Field(() => String, { description: "French name." }) label: string;
  @Field(() => Int, { description: "Maximum number of suppliers that one request is sent to." })
  seats: number;
  @Field(() => Int, { description: "Maximum number of suppliers in a preview." }) recipientsShown: number;
  @Field(() => String, {
    description: "The published rule that ranks suppliers. The page at rankingUrl explains it.",
  })
  rankedBy: string;
}

@ObjectType()
export class Option {
  @Field(() => String) value: string;
  @Field(() => String) label: string;
}

@ObjectType("Field", { description: "One question of a form." })
export class FormFieldType {
  @Field(() => ID) id: string;
  @Field(() => String) label: string;
  @Field(() => FieldType) type: Kind;
  @Field(() => Boolean) required: boolean;
  @Field(() => [Option], { nullable: true, description: "For CHOICE and MULTICHOICE only." }) options:
    Option[] | null;
  @Field(() => Float, { nullable: true, description: "For NUMBER only, inclusive." }) min: number | null;
  @Field(() => Float, { nullable: true, description: "For NUMBER only, inclusive." }) max: number | null;
  @Field(() => String, { nullable: true }) unit: string | null;
  @Field(() => String, { description: "Why the question is asked." }) servesFor: string;
}

@ObjectType({ description: "A checkbox for one purpose. No checkbox is ticked in advance." })
export class DeclaredPurpose {
  @Field(() => Purpose) purpose: Use;
  @Field(() => String) text: string;
}

@ObjectType({
  description: "The declaration to show, word for word. The person's consent refers to its hash.",
})
export class ConsentDeclaration {
  @Field(() => Language) language: Lang;
  @Field(() => String) text: string;
  @Field(() => String, { description: "SHA-256 of `text` in hexadecimal." }) textHash: string;
  @Field(() => [DeclaredPurpose]) purposes: DeclaredPurpose[];
}

@ObjectType({
  description: "A published version of a form. It never changes; a change is published as a new version.",
})
export class Form {
  @Field(() => Product) product: Product;
  @Field(() => Int) version: number;
  @Field(() => [FormFieldType]) fields: FormFieldType[];
  @Field(() => ConsentDeclaration) consent: ConsentDeclaration;
  @Field(() => [ConfirmationChannel]) confirmBy: Confirmation[];
}

export const toProduct = ({ id, label, seats, recipientsShown, rankedBy }: ProductData): Product => ({
  id,
  label: label.FR,
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
  unit: field.unit ?? null,
  servesFor: field.servesFor[language],
});
