/** Fills in a form with answers that fit each other. It follows the published form, so it also fills in new fields. */
import { randomInt } from "../platform/random";
import { cars, type Car } from "./cars";
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
  const car = pickOne(cars);
  const answered = new Set(
    fields.filter(({ required }) => required || chance(answeredPercent)).map(({ id }) => id),
  );
  // A model means nothing without its make.
  if (answered.has("model")) for (const make of ["make", "makes"]) answered.add(make);
  return fields
    .filter(({ id }) => answered.has(id))
    .map((field) => ({ field: field.id, value: ofCar(field, car) ?? valueFor(field, now) }));
}

/** What the field asks about the car, as the form takes it; null for other fields and for values it does not offer. */
function ofCar(field: FormField, car: Car): unknown {
  switch (field.id) {
    case "make":
    case "makes":
      return choiceOf(field, [car.make]);
    case "energy":
      return choiceOf(field, someOf(car.energies, car.energies.length));
    case "body":
      return choiceOf(field, [car.body]);
    case "model":
      return car.model;
    case "budgetEuros":
      return budgetFor(car);
    default:
      return null;
  }
}

function choiceOf({ type, options }: FormField, wanted: readonly string[]): unknown {
  const offered = wanted.filter((value) => options?.some((option) => option.value === value));
  const [first] = offered;
  if (first === undefined) return null;
  return type === "MULTICHOICE" ? offered : first;
}

/** What the car costs, and up to a quarter more for its options, in steps of 500 euros. */
const budgetFor = ({ fromEuros }: Car): number =>
  Math.ceil((fromEuros * (1 + randomInt(250) / 1_000)) / 500) * 500;

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

/** Favours values near the lower bound, because most amounts are small. */
function someNumber({ min, max }: FormField): number {
  const [from, to] = [min ?? 0, max ?? 100];
  const share = (randomInt(1_000) / 1_000) ** 4;
  return Math.round(from + (to - from) * share);
}
