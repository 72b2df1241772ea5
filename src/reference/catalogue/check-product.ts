/**
 * Is this product consistent? Products are written by hand, so the rules that types cannot express are checked before
 * a form is published. A fault stops the start. The meaning of the texts is not checked.
 */
import { type Form, type FormField, type FormOption, type Label, type Product } from "./form";

/** The product's faults as sentences; empty if it has none. */
export function faultsOf(product: Product): string[] {
  const { id, form, forms, seats, recipientsShown, floorCents } = product;
  const isInOrder = forms.every(({ version }, index) => version === index + 1);
  return [
    ...(isInOrder ? [] : ["The versions of its form must be 1, 2 and so on, oldest first, without gaps."]),
    ...(form === forms.at(-1) ? [] : ["Its current form must be the newest version."]),
    ...(isPositive(seats) && recipientsShown >= seats
      ? []
      : ["At least as many suppliers must be shown as there are seats."]),
    ...(isPositive(floorCents) ? [] : ["Its price floor must be a whole number of cents, at least 1."]),
    ...forms.flatMap((one) => faultsOfForm(one, id)),
  ].map((fault) => `${id}: ${fault}`);
}

const faultsOfForm = (form: Form, product: string): string[] =>
  [
    ...(form.product === product ? [] : ["The form belongs to another product."]),
    ...repeated(form.fields.map((field) => field.id)).map((field) => `Field ${field} occurs twice.`),
    ...form.fields.flatMap(faultsOfField),
    ...faultsOfDeclarations(form),
  ].map((fault) => `Version ${String(form.version)}: ${fault}`);

function faultsOfField(field: FormField): string[] {
  const { min = -Infinity, max = Infinity } = field;
  const isBounded = field.min !== undefined || field.max !== undefined;
  const isChoice = field.type === "CHOICE" || field.type === "MULTICHOICE";
  const faults: readonly (readonly [isFault: boolean, what: string])[] = [
    [!/^[a-z]\w{0,39}$/.test(field.id), "has an id that is not in camel case"],
    [!isSaid(field.label) || !isSaid(field.servesFor), "lacks a text in a language"],
    [min >= max, "has a min that is not below its max"],
    [isBounded && field.type !== "NUMBER", "has bounds but is not a NUMBER"],
    [
      isChoice !== (field.options !== undefined),
      "has options without being a choice, or is a choice without options",
    ],
  ];
  return [...faults, ...faultsOfOptions(field.options)].flatMap(([isFault, what]) =>
    isFault ? [`Field ${field.id} ${what}.`] : [],
  );
}

function faultsOfOptions(options: readonly FormOption[] | undefined): (readonly [boolean, string])[] {
  if (!options) return [];
  const values = options.map(({ value }) => value);
  return [
    [values.length < 2, "has fewer than two options"],
    [repeated(values).length > 0, "has an option twice"],
    [!values.every((value) => /^[A-Z][A-Z0-9_]{0,39}$/.test(value)), "has an option that is not in capitals"],
    [!options.every(({ label }) => isSaid(label)), "has an option that lacks a text in a language"],
  ];
}

function faultsOfDeclarations(form: Form): string[] {
  const languages = form.declarations.map(({ language }) => language).sort();
  const offered = form.declarations.map(({ purposes }) => purposes.map(({ purpose }) => purpose).join());
  return [
    ...(languages.join() === "EN,FR" ? [] : ["There must be exactly one declaration in each language."]),
    ...(new Set(offered).size === 1
      ? []
      : ["The declarations must offer the same purposes in both languages."]),
    ...(offered.every((one) => one.split(",").includes("TRANSMIT"))
      ? []
      : ["The declarations must offer the purpose TRANSMIT."]),
    ...(form.confirmBy.length > 0 ? [] : ["There must be at least one way to confirm."]),
  ];
}

const isPositive = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
const isSaid = ({ FR, EN }: Label): boolean => FR.trim() !== "" && EN.trim() !== "";
const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);
