/** Formats answers as French text: options by their label in the form, numbers with their unit. */
import { productById, type AnswerValue, type FormField } from "../../reference/catalogue";
import type { AdfAnswer, AdfLead } from "./adf-lead";

export interface Answered {
  /** The answer to a field as text; "" if it was not answered. */
  words(field: string): string;
  /** One entry for each selected option. */
  each(field: string): readonly string[];
  value(field: string): AnswerValue | undefined;
  number(field: string): number | undefined;
  /** "Question : réponse", in the form's order. */
  readonly all: readonly string[];
}

export function answered({
  product: { id: product },
  answers,
}: Pick<AdfLead, "product" | "answers">): Answered {
  const given = new Map(answers.map((answer) => [answer.field, answer]));
  const each = (field: string): readonly string[] => {
    const answer = given.get(field);
    return answer ? partsOf(product, answer) : [];
  };
  const value = (field: string): AnswerValue | undefined => given.get(field)?.value;
  return {
    each,
    value,
    words: (field) => each(field).join(", "),
    number: (field) => {
      const found = value(field);
      return typeof found === "number" ? found : undefined;
    },
    all: answers.map((answer) => `${asked(answer)} ${partsOf(product, answer).join(", ")}`),
  };
}

const asked = ({ label }: AdfAnswer): string => (label.endsWith("?") ? label : `${label} :`);

function partsOf(product: string, { field: id, value }: AdfAnswer): readonly string[] {
  const fields = fieldsOf(product, id);
  if (typeof value === "boolean") return [value ? "oui" : "non"];
  if (typeof value === "number") {
    const unit = fields[0]?.unit;
    return [unit === undefined ? String(value) : `${String(value)} ${unit}`];
  }
  const values = typeof value === "string" ? [value] : value;
  return values.map((one) => optionName(fields, one));
}

/** The field in every version of the form, newest first, so that an option no longer offered still has a label. */
const fieldsOf = (product: string, id: string): readonly FormField[] =>
  (productById(product)?.forms ?? [])
    .flatMap(({ fields }) => fields.filter((field) => field.id === id))
    .reverse();

const optionName = (fields: readonly FormField[], value: string): string =>
  fields.flatMap(({ options = [] }) => options).find((option) => option.value === value)?.label.FR ?? value;
