/**
 * What is the lowest price at which leads may be sold? A floor may apply to one département, to leads whose
 * answers meet some criteria (a tier), to exclusive sale, or to a combination. The floor that names more
 * conditions takes precedence; of equally specific floors, the highest. A campaign must pay at least the
 * floor of every lead that it could receive.
 */
import { type Form } from "../../reference/catalogue";
import { canMeetBoth, entails } from "./criteria-overlap";
import { type Criterion } from "./terms";

/** The leads it applies to. */
export interface FloorScope {
  readonly departement: string | null;
  /** Empty: leads with any answers. */
  readonly criteria: readonly Criterion[];
  /** Only for leads that a single supplier receives. */
  readonly exclusive: boolean;
}

export interface PriceFloor extends FloorScope {
  readonly floorCents: number;
}

/** The leads that a campaign could receive. */
export interface Reach {
  /** Computed only if a floor names a département. */
  readonly departements: () => ReadonlySet<string>;
  readonly criteria: readonly Criterion[];
  readonly exclusive: boolean;
  readonly form: Form;
}

/** The highest floor of all leads that the campaign could receive. A floor without conditions always exists. */
export function floorOf(floors: readonly PriceFloor[], reach: Reach): PriceFloor {
  const possible = floors.filter((floor) => isPossible(floor, reach));
  const named = new Set(possible.flatMap(({ departement }) => departement ?? []));
  const areas = named.size === 0 ? [null] : areasOf(named, reach.departements());
  const counted = areas.flatMap((area) => countedIn(area, possible, reach));
  const highest = counted.reduce<PriceFloor | null>(higher, null);
  if (!highest) throw new Error("A product has no price floor.");
  return highest;
}

const higher = (a: PriceFloor | null, b: PriceFloor): PriceFloor =>
  a !== null && a.floorCents >= b.floorCents ? a : b;

/** The départements within reach that have floors of their own, and null for all the others. */
function areasOf(named: ReadonlySet<string>, reached: ReadonlySet<string>): (string | null)[] {
  const own = [...named].filter((departement) => reached.has(departement));
  return own.length === reached.size && own.length > 0 ? own : [...own, null];
}

/** The floors that apply to some lead from there. */
function countedIn(area: string | null, floors: readonly PriceFloor[], reach: Reach): PriceFloor[] {
  const holding = floors.filter(({ departement }) => departement === null || departement === area);
  return holding.filter((floor) => !holding.some((other) => isAbove(other, floor, reach)));
}

/** Whether one floor is more specific than another and applies to every lead in reach to which the other applies. */
const isAbove = (other: PriceFloor, floor: PriceFloor, reach: Reach): boolean =>
  weightOf(other) > weightOf(floor) &&
  other.criteria.every((asked) => isCertain(asked, [...reach.criteria, ...floor.criteria], reach.form));

export const weightOf = ({ departement, criteria, exclusive }: FloorScope): number =>
  Number(departement !== null) + Number(criteria.length > 0) + Number(exclusive);

const isPossible = ({ criteria, exclusive }: FloorScope, reach: Reach): boolean =>
  (!exclusive || reach.exclusive) &&
  criteria.every((asked) =>
    reach.criteria.every(
      (own) => own.field !== asked.field || canMeetBoth(own, asked, isList(asked, reach.form)),
    ),
  );

const isCertain = (asked: Criterion, known: readonly Criterion[], form: Form): boolean =>
  known.some((own) => own.field === asked.field && entails(own, asked, isList(asked, form)));

const isList = ({ field }: Criterion, { fields }: Form): boolean =>
  fields.some(({ id, type }) => id === field && type === "MULTICHOICE");

/** The same text for the same leads, whatever the order of the criteria. */
export const scopeText = ({ departement, criteria, exclusive }: FloorScope): string => {
  const inOrder = [...criteria].sort((a, b) => (a.field < b.field ? -1 : 1));
  return JSON.stringify([departement, inOrder, exclusive]);
};

/** For the message that rejects a lower price. */
export function scopeWords({ departement, criteria, exclusive }: FloorScope): string {
  const parts = [
    ...(departement === null ? [] : [`in département ${departement}`]),
    ...(criteria.length === 0 ? [] : [`for answers on ${criteria.map(({ field }) => field).join(", ")}`]),
    ...(exclusive ? ["for exclusive leads"] : []),
  ];
  return parts.map((part) => ` ${part}`).join("");
}
