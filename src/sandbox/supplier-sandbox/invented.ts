/**
 * Invents the persons and answers of sandbox leads. Names are obviously invented, e-mail addresses use a domain
 * reserved for examples (RFC 2606), and phone numbers come from the blocks that ARCEP reserves for fiction: 01 99 00,
 * and 06 39 98 for SMS.
 */
import {
  checkAnswers,
  type AnswerInput,
  type CheckedAnswers,
  type ContactChannel,
} from "../../reference/catalogue";
import type { FieldType, Form, FormField, Product } from "../../reference/catalogue";
import type { Contact } from "../../people/leads";

const firstNames = ["Zoé", "Élie", "Maëlys", "Côme", "Inès", "Noël", "Chloé", "François"];

/** Lyon 3e. */
export const inventedPostcode = "69003";

/** Chooses the person by the random end of the lead id, so no further randomness is needed. */
export function inventedContact(
  leadId: string,
  { needsStreet }: Pick<Product, "needsStreet">,
  channels: readonly ContactChannel[],
): Contact {
  const number = Number.parseInt(leadId.slice(-6), 16);
  const block = channels.includes("SMS") ? "+3363998" : "+3319900";
  return {
    civility: "UNSPECIFIED",
    firstName: firstNames[number % firstNames.length] ?? "Zoé",
    lastName: "Exemple-Bac-à-Sable",
    phone: block + String(number % 10_000).padStart(4, "0"),
    email: `bac-a-sable-${String(number)}@example.com`,
    street: needsStreet ? "1 rue de l'Exemple" : null,
    postcode: inventedPostcode,
    city: "Lyon",
  };
}

/** Keeps the answers given and adds simple answers to all other required questions. */
export function inventedAnswers(form: Form, given: readonly AnswerInput[], today: string): CheckedAnswers {
  const answered = new Set(given.map(({ field }) => field));
  const others = form.fields
    .filter(({ id, required }) => required && !answered.has(id))
    .map((field) => ({ field: field.id, value: plainAnswer(field, today) }));
  return checkAnswers(form, [...given, ...others]);
}

const plainAnswer = (field: FormField, today: string): unknown => plainAnswers[field.type](field, today);

const firstOption = ({ options }: FormField): string | undefined => options?.[0]?.value;

const plainAnswers: Readonly<Record<FieldType, (field: FormField, today: string) => unknown>> = {
  CHOICE: firstOption,
  MULTICHOICE: (field) => [firstOption(field)],
  NUMBER: plainNumber,
  BOOLEAN: () => true,
  DATE: (_, today) => today,
  TEXT: () => "Ceci est un exemple.",
};

/** A tenth of the range above the minimum, so that a budget is not extreme. */
function plainNumber({ min = 0, max = min + 10 }: FormField): number {
  return Math.round(min + (max - min) / 10);
}
