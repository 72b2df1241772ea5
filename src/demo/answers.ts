/** Fills in a form with plausible answers. It follows the published form, so it also fills in new fields. */
import { randomInt } from "../platform/random";
import type { Answer, FormField } from "./form-operations";
import { chance, pickOne, someOf } from "./random";

const answeredPercent = 70;
const dayMs = 86_400_000;
const comments = [
  "Disponible plutôt le soir.",
  "Un essai serait le bienvenu.",
  "Livraison à domicile si possible.",
  "Je compare plusieurs modèles.",
];

export function fillIn(fields: readonly FormField[], now: Date): Answer[] {
  const answered = fields.filter(({ required }) => required || chance(answeredPercent));
  return answered.map((field) => ({ field: field.id, value: valueFor(field, now) }));
}

function valueFor(field: FormField, now: Date): unknown {
  const options = (field.options ?? []).map(({ value }) => value);
  switch (field.type) {
    case "CHOICE":
      return pickOne(options);
    case "MULTICHOICE":
      return someOf(options, 3);
    case "NUMBER":
      return someNumber(field);
    case "BOOLEAN":
      return chance(50);
    case "DATE":
      return new Date(now.getTime() + randomInt(20, 200) * dayMs).toISOString().slice(0, 10);
    case "TEXT":
      return pickOne(comments);
  }
}

/** Favours values near the lower bound, because most budgets are small. */
function someNumber({ min, max }: FormField): number {
  const [from, to] = [min ?? 0, max ?? 100];
  const share = (randomInt(1_000) / 1_000) ** 4;
  return Math.round(from + (to - from) * share);
}
