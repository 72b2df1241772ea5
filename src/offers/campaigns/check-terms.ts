/**
 * Are these terms valid? Takes a supplier's input and returns the terms as they are stored, or throws
 * INVALID_INPUT with everything that is wrong and how to correct it. Whether the site is the supplier's own, and
 * whether the supplier may receive leads, is checked by the service.
 */
import { type Product } from "../../reference/catalogue";
import { type Zone } from "../../reference/geo";
import { invalid, type AppError } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { checkCaps } from "./check-caps";
import { checkCriteria } from "./check-criteria";
import { checkSchedule, checkTimeZone } from "./check-hours";
import { checkExcludedZones, checkZones, type ZoneOfToday } from "./check-zones";
import { defaultDuplicateWindowDays, longestDuplicateWindowDays } from "./duplicate-window";
import { floorOf, scopeWords, type PriceFloor } from "./price-floor";
import { type CampaignTerms } from "./terms";
import { type TermsInput } from "./terms-input";

export interface TermsContext {
  /** The product of the campaign. If it is null or another one than in the input, the terms are refused. */
  readonly product: Product | null;
  /** The price floors in force. */
  readonly floors: readonly PriceFloor[];
  readonly zoneOfToday: ZoneOfToday;
  readonly departementsReached: (where: Where) => ReadonlySet<string>;
  /** Whether the caller may only create campaigns at a site. */
  readonly needsSite: boolean;
}

interface Where {
  readonly zones: readonly Zone[];
  readonly excludedZones: readonly Zone[];
}

const highestPriceCents = 1_000_000;
const longestAgeHours = 168;

type Checked = CampaignTerms & { readonly onlyWhenConnected: boolean };

export function checkTerms(input: TermsInput, context: TermsContext): CampaignTerms {
  const { zoneOfToday } = context;
  // What depends on the product is only checked for the right one.
  const product = context.product?.id === input.product ? context.product : null;
  const { onlyWhenConnected, ...terms } = checkAll<Checked>({
    product: () => productIn(input, context),
    formVersion: () => product?.form.version ?? 0,
    name: () => checkName(input.name),
    site: () => siteIn(input, context),
    zones: () => checkZones(input.zones, zoneOfToday),
    excludedZones: () => checkExcludedZones(input.excludedZones ?? [], zoneOfToday),
    criteria: () => (product ? checkCriteria(input.criteria, product.form) : []),
    maxSeats: () => checkMaxSeats(input.maxSeats ?? null, product),
    pricePerLeadCents: (found) => checkPrice(input.pricePerLeadCents, found, { ...context, product }),
    caps: () => checkCaps(input.caps, input.pricePerLeadCents),
    timeZone: () => checkTimeZone(input.timeZone ?? "Europe/Paris"),
    schedule: () => checkSchedule(input.schedule ?? []),
    closedOnHolidays: () => input.closedOnHolidays === true,
    onlyWhenConnected: () => input.onlyWhenConnected === true,
    maxAgeHours: () => checkMaxAgeHours(input.maxAgeHours ?? 24),
    duplicateWindowDays: () => checkDuplicateWindow(input.duplicateWindowDays ?? defaultDuplicateWindowDays),
  });
  return { ...terms, ...(onlyWhenConnected && { onlyWhenConnected }) };
}

function productIn(input: TermsInput, { product }: TermsContext): string {
  if (!product) {
    throw invalid("There is no such product. The products query lists them.", { reason: "UNKNOWN_VALUE" });
  }
  if (product.id === input.product) return product.id;
  throw invalid("A campaign keeps its product. Create another campaign for another product.", {
    reason: "NOT_ALLOWED",
  });
}

function siteIn({ site }: TermsInput, { needsSite }: TermsContext): string | null {
  if (site != null || !needsSite) return site ?? null;
  throw invalid(
    "site: your access is limited to some sites, so a campaign of yours belongs to one. Name it.",
    { reason: "REQUIRED" },
  );
}

function checkName(name: string): string {
  const trimmed = name.trim();
  const length = Array.from(trimmed).length;
  if (length >= 1 && length <= 120 && !/[\p{Cc}\p{Cs}]/u.test(trimmed)) return trimmed;
  throw invalid("name is 1 to 120 characters on one line, without control characters.", {
    reason: nameReason(length),
  });
}

function nameReason(length: number): string {
  if (length === 0) return "EMPTY";
  return length > 120 ? "TOO_LONG" : "MALFORMED";
}

/** The floor depends on other terms. If one of them is at fault, only the range is checked. */
function checkPrice(
  cents: number,
  { zones, excludedZones, criteria, maxSeats }: Partial<CampaignTerms>,
  { product, floors, departementsReached }: TermsContext,
): number {
  if (!isWhole(cents, 1, highestPriceCents)) {
    throw outOfRange(`pricePerLeadCents is a whole number of cents, at most ${highestPriceCents}.`);
  }
  if (!product || !zones || !excludedZones || !criteria || maxSeats === undefined) return cents;
  const floor = floorOf(floors, {
    departements: () => departementsReached({ zones, excludedZones }),
    criteria,
    exclusive: maxSeats === 1,
    form: product.form,
  });
  if (cents >= floor.floorCents) return cents;
  throw belowFloor(floor);
}

function belowFloor(floor: PriceFloor): AppError {
  const { floorCents } = floor;
  const words = scopeWords(floor);
  const mend = words === "" ? "offer at least that" : "offer at least that, or do without those leads";
  return invalid(`pricePerLeadCents is below the floor of ${floorCents} cents${words}: ${mend}.`, {
    reason: "OUT_OF_RANGE",
    floorCents,
  });
}

function checkMaxSeats(maxSeats: number | null, product: Product | null): number | null {
  if (maxSeats === null || !product || isWhole(maxSeats, 1, product.seats)) return maxSeats;
  throw outOfRange(`maxSeats is a whole number from 1 (exclusive) to ${product.seats}.`);
}

function checkDuplicateWindow(days: number): number {
  if (isWhole(days, 0, longestDuplicateWindowDays)) return days;
  throw outOfRange(
    `duplicateWindowDays is a whole number of days from 0 (repeats are wanted) to ${longestDuplicateWindowDays}.`,
  );
}

function checkMaxAgeHours(hours: number): number {
  if (isWhole(hours, 1, longestAgeHours)) return hours;
  throw outOfRange(`maxAgeHours is a whole number of hours from 1 to ${longestAgeHours}.`);
}

const outOfRange = (message: string): AppError => invalid(message, { reason: "OUT_OF_RANGE" });

const isWhole = (value: number, from: number, to: number): boolean =>
  Number.isSafeInteger(value) && value >= from && value <= to;
