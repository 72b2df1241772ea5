/** Is this a valid price floor? Takes the input of staff and returns the floor as it is stored. */
import { productById, type Form } from "../../reference/catalogue";
import { zoneOfToday } from "../../reference/geo";
import { invalid, type AppError } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { checkCriteria } from "./check-criteria";
import { type FloorScope, type PriceFloor } from "./price-floor";
import { type CriterionInput } from "./terms-input";

export interface PriceInput {
  readonly product: string;
  readonly departement?: string | null;
  readonly criteria?: readonly CriterionInput[] | null;
  readonly exclusive?: boolean | null;
  /** 0 removes the floor of this scope from then on. */
  readonly floorCents: number;
  /** The start; now if omitted. */
  readonly since?: Date | null;
}

export interface DatedFloor extends PriceFloor {
  readonly product: string;
  readonly since: Date;
}

const maxFloorCents = 1_000_000;
export const everyLead: FloorScope = { departement: null, criteria: [], exclusive: false };

/** Throws INVALID_INPUT with all faults. */
export function checkPrice(input: PriceInput, now: Date): DatedFloor {
  const form = productById(input.product)?.form;
  return checkAll<DatedFloor>({
    product: () => productOf(form),
    departement: () => checkDepartement(input.departement ?? null),
    criteria: () => (form ? checkCriteria(input.criteria ?? [], form) : []),
    exclusive: () => input.exclusive ?? false,
    floorCents: (found) => checkCents(input.floorCents, found),
    since: () => checkSince(input.since ?? now, now),
  });
}

function productOf(form: Form | undefined): string {
  if (form) return form.product;
  throw invalid("There is no such product. The products query lists them.", { reason: "UNKNOWN_VALUE" });
}

function checkCents(floorCents: number, scope: Partial<FloorScope>): number {
  if (!Number.isSafeInteger(floorCents) || floorCents < 0 || floorCents > maxFloorCents) {
    throw outOfRange(`floorCents must be a whole number of cents from 0 to ${String(maxFloorCents)}.`);
  }
  if (floorCents === 0 && isEveryLead(scope))
    throw outOfRange("floorCents for all leads must be at least 1: leads are never free.");
  return floorCents;
}

const outOfRange = (message: string): AppError => invalid(message, { reason: "OUT_OF_RANGE" });

/** False if a part of the scope is at fault. */
const isEveryLead = ({ departement, criteria, exclusive }: Partial<FloorScope>): boolean =>
  departement === null && criteria?.length === 0 && exclusive === false;

function checkDepartement(code: string | null): string | null {
  if (code === null || zoneOfToday({ kind: "departement", code })) return code;
  throw invalid("departement is a code such as 69, 2A or 974.", { reason: "UNKNOWN_VALUE" });
}

function checkSince(since: Date, now: Date): Date {
  if (since >= now) return since;
  throw invalid("since must not be in the past: prices are never changed retroactively.", {
    reason: "IN_THE_PAST",
  });
}
