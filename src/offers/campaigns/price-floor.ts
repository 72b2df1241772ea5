/**
 * The lowest price at which leads may be sold. A floor may hold in one département, for leads whose answers meet
 * some criteria (a tier), for exclusive sale, or for any of these together; the more of them it names, the more it
 * counts, and of equals the highest. A campaign pays at least the floor of every lead that it could receive.
 */
import { type Form } from "../../reference/catalogue";
import { canMeetBoth, entails } from "./criteria-overlap";
import { type Criterion } from "./terms";

/** For which leads it holds. */
export interface FloorScope {
  readonly departement: string | null;
  /** Empty: whatever they answered. */
  readonly criteria: readonly Criterion[];
  /** Only of leads that one supplier alone receives. */
  readonly exclusive: boolean;
}

export interface PriceFloor extends FloorScope {
  readonly floorCents: number;
}

/** What a campaign could receive. */
export interface Reach {
  /** Asked only if a floor names a département. */
  readonly departements: () => ReadonlySet<string>;
  readonly criteria: readonly Criterion[];
  readonly exclusive: boolean;
  readonly form: Form;
}

/** The highest floor of the leads in reach. One without any condition is always among them. */
export function floorOf(floors: readonly PriceFloor[], reach: Reach): PriceFloor {
  const possible = floors.filter((floor) => isPossible(floor, reach));
  const named = new Set(possible.flatMap(({ departement }) => departement ?? []));
  const areas = named.size === 0 ? [null] : areasOf(named, reach.departements());
  const counted = areas.flatMap((area) => countedIn(area, possible, reach));
  const highest = counted.reduce<PriceFloor | null>(higher, null);
  if (!highest) throw new Error("A product has no floor at all.");
  return highest;
}

const higher = (a: PriceFloor | null, b: PriceFloor): PriceFloor =>
  a !== null && a.floorCents >= b.floorCents ? a : b;

/** The départements that have floors of their own, and null for all the others, as far as they are reached. */
function areasOf(named: ReadonlySet<string>, reached: ReadonlySet<string>): (string | null)[] {
  const own = [...named].filter((departement) => reached.has(departement));
  return own.length === reached.size && own.length > 0 ? own : [...own, null];
}

/** Those that some lead from there would be sold by. */
function countedIn(area: string | null, floors: readonly PriceFloor[], reach: Reach): PriceFloor[] {
  const holding = floors.filter(({ departement }) => departement === null || departement === area);
  return holding.filter((floor) => !holding.some((other) => isAbove(other, floor, reach)));
}

/** It says more, and holds for every lead in reach for which the floor holds. */
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

/** The same for the same leads, in whatever order the criteria were given. */
export const scopeText = ({ departement, criteria, exclusive }: FloorScope): string => {
  const inOrder = [...criteria].sort((a, b) => (a.field < b.field ? -1 : 1));
  return JSON.stringify([departement, inOrder, exclusive]);
};

/** For the message that refuses a price below it. */
export function scopeWords({ departement, criteria, exclusive }: FloorScope): string {
  const parts = [
    ...(departement === null ? [] : [`in département ${departement}`]),
    ...(criteria.length === 0 ? [] : [`for answers on ${criteria.map(({ field }) => field).join(", ")}`]),
    ...(exclusive ? ["for exclusive leads"] : []),
  ];
  return parts.map((part) => ` ${part}`).join("");
}
