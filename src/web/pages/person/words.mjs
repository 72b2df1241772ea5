/** The texts of the page. */
import { english } from "./words-en.mjs";
import { french } from "./words-fr.mjs";

/** The labels of form fields and options by product, version and field, as embedded in the page by the server. */
const forms = JSON.parse(document.getElementById("forms").textContent);

export const languages = { fr: french, en: english };

/** "a, b et c". */
export const listed = (names, { locale }) =>
  new Intl.ListFormat(locale, { type: "conjunction" }).format(names);

export const productName = ({ id, label }, words) => forms[id]?.label[words.code] ?? label;

/** A question and its answer, with the labels of the form version that was filled in. */
export function answerInWords(answer, { product, formVersion }, words) {
  const field = forms[product.id]?.versions[formVersion]?.[answer.field];
  const options = field?.options ?? {};
  const optionName = (value) => options[value]?.[words.code] ?? value;
  return [
    field?.label[words.code] ?? answer.label,
    valueInWords(answer, { optionName, unit: field?.unit?.[words.code], words }),
  ];
}

function valueInWords({ type, value }, { optionName, unit, words }) {
  if (type === "BOOLEAN") return value ? words.yes : words.no;
  if (type === "NUMBER") return numberInWords(value, unit, words);
  if (type === "DATE") return dayInWords(value, words);
  if (type === "MULTICHOICE") return value.map(optionName).join(", ");
  return type === "CHOICE" ? optionName(value) : value;
}

function numberInWords(value, unit, { locale }) {
  if (unit !== "EUR") return [value.toLocaleString(locale), unit ?? ""].join(" ").trim();
  return value.toLocaleString(locale, {
    style: "currency",
    currency: "EUR",
    maximumFractionDigits: 2,
    minimumFractionDigits: 0,
  });
}

/** A day has no time zone. Parsed and formatted in UTC, it stays the same day. */
const dayInWords = (value, { locale }) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${value}T00:00:00Z`),
  );

/** Numbers of metropolitan France in pairs of digits; others as they are stored. */
export const phoneInWords = (phone) =>
  phone.replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "+33 $1 $2 $3 $4 $5");
