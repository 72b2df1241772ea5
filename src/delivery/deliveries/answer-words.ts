/** Puts the value of an answer into words, as the form worded it. */
import { unitText, type AnswerValue, type FormField } from "../../reference/catalogue";
import type { Language, Words } from "../../shared/language";

const yesNo = { true: { FR: "Oui", EN: "Yes" }, false: { FR: "Non", EN: "No" } } as const;
const locales: Words = { FR: "fr-FR", EN: "en-GB" };

/** An option that the form no longer has is shown as its code. */
export function answerText(field: FormField, value: AnswerValue, language: Language): string {
  if (typeof value === "boolean") return yesNo[`${value}`][language];
  if (typeof value === "number") return numberText(value, field.unit, language);
  if (typeof value !== "string") return value.map((option) => optionText(field, option, language)).join(", ");
  if (field.type === "CHOICE") return optionText(field, value, language);
  return field.type === "DATE" ? dateText(value, language) : value;
}

const optionText = ({ options = [] }: FormField, value: string, language: Language): string =>
  options.find((option) => option.value === value)?.label[language] ?? value;

/** A year or another number without a unit is written without grouping. */
function numberText(value: number, unit: string | undefined, language: Language): string {
  if (unit === undefined) return String(value);
  return `${new Intl.NumberFormat(locales[language]).format(value)} ${unitText(unit, language)}`;
}

/** A day of the calendar has no time zone; UTC keeps it on its day. */
const dateText = (value: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone: "UTC" }).format(new Date(value));
