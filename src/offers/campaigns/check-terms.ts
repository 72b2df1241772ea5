/**
 * Are these terms valid? Takes a supplier's input and returns the terms as they are stored, or throws
 * INVALID_INPUT with what is wrong and how to correct it. Whether the site is the supplier's own, and whether
 * the supplier may receive leads, is checked by the service.
 */
import { type Product } from "../../reference/catalogue";
import { type Zone } from "../../reference/geo";
import { isTimeZone } from "../../shared/calendar";
import { invalid } from "../../shared/errors";
import { checkCriteria } from "./check-criteria";
import { checkExcludedZones, checkZones, type ZoneOfToday } from "./check-zones";
import { defaultDuplicateWindowDays, longestDuplicateWindowDays } from "./duplicate-window";
import { floorOf, scopeWords, type PriceFloor } from "./price-floor";
import { minutesOf } from "./schedule";
import { type CampaignTerms, type Cap, type Opening } from "./terms";
import { type CapInput, type TermsInput } from "./terms-input";

export interface TermsContext {
  readonly product: Product;
  /** The price floors in force. */
  readonly floors: readonly PriceFloor[];
  readonly zoneOfToday: ZoneOfToday;
  readonly departementsReached: (where: Where) => ReadonlySet<string>;
}

interface Where {
  readonly zones: readonly Zone[];
  readonly excludedZones: readonly Zone[];
}

const highestPriceCents = 1_000_000;
const longestAgeHours = 168;
const openingLimit = 50;

export function checkTerms(input: TermsInput, context: TermsContext): CampaignTerms {
  const { product, zoneOfToday } = context;
  const { pricePerLeadCents } = input;
  if (input.product !== product.id) throw invalid(`These terms are for another product than ${product.id}.`);
  if (!isWhole(pricePerLeadCents, 1, highestPriceCents)) {
    throw invalid(`pricePerLeadCents is a whole number of cents, at most ${highestPriceCents}.`);
  }
  const terms = {
    name: checkName(input.name),
    product: product.id,
    formVersion: product.form.version,
    site: input.site ?? null,
    zones: checkZones(input.zones, zoneOfToday),
    excludedZones: checkExcludedZones(input.excludedZones ?? [], zoneOfToday),
    criteria: checkCriteria(input.criteria, product.form),
    pricePerLeadCents,
    caps: checkCaps(input.caps, pricePerLeadCents),
    ...checkWhen(input),
    ...checkLimits(input, product),
  };
  checkPrice(terms, context);
  return terms;
}

const checkWhen = (input: TermsInput) => ({
  timeZone: checkTimeZone(input.timeZone ?? "Europe/Paris"),
  schedule: checkSchedule(input.schedule ?? []),
  closedOnHolidays: input.closedOnHolidays === true,
  ...(input.onlyWhenConnected === true && { onlyWhenConnected: true }),
});

const checkLimits = (input: TermsInput, { seats }: Product) => ({
  maxSeats: input.maxSeats == null ? null : checkMaxSeats(input.maxSeats, seats),
  maxAgeHours: checkMaxAgeHours(input.maxAgeHours ?? 24),
  duplicateWindowDays: checkDuplicateWindow(input.duplicateWindowDays ?? defaultDuplicateWindowDays),
});

function checkName(name: string): string {
  const trimmed = name.trim();
  const length = Array.from(trimmed).length;
  if (length < 1 || length > 120 || /[\p{Cc}\p{Cs}]/u.test(trimmed)) {
    throw invalid("name is 1 to 120 characters on one line, without control characters.");
  }
  return trimmed;
}

function checkPrice(terms: CampaignTerms, { product, floors, departementsReached }: TermsContext): void {
  const floor = floorOf(floors, {
    departements: () => departementsReached(terms),
    criteria: terms.criteria,
    exclusive: terms.maxSeats === 1,
    form: product.form,
  });
  if (terms.pricePerLeadCents >= floor.floorCents) return;
  const words = scopeWords(floor);
  const mend = words === "" ? "offer at least that" : "offer at least that, or do without those leads";
  throw invalid(`pricePerLeadCents is below the floor of ${floor.floorCents} cents${words}: ${mend}.`);
}

function checkCaps(caps: readonly CapInput[], priceCents: number): Cap[] {
  const seen = new Set<string>();
  return caps.map(({ unit, period, limit }) => {
    const key = `${unit} by ${period}`;
    if (seen.has(key)) throw invalid(`There are two caps in ${key}: keep the lower one.`);
    seen.add(key);
    if (!isWhole(limit, 1, Number.MAX_SAFE_INTEGER)) {
      throw invalid(
        `The limit of the cap in ${key} is a whole number from 1; to take nothing, pause the campaign.`,
      );
    }
    if (unit === "SPEND_CENTS" && limit < priceCents) {
      throw invalid(`The cap in ${key} is below the price of one lead (${priceCents} cents): raise it.`);
    }
    return { unit, period, limit };
  });
}

function checkTimeZone(timeZone: string): string {
  if (!isTimeZone(timeZone)) throw invalid("timeZone is a name of the IANA database, such as Europe/Paris.");
  return timeZone;
}

function checkSchedule(schedule: readonly Opening[]): Opening[] {
  if (schedule.length > openingLimit)
    throw invalid(`schedule takes at most ${openingLimit} openings: merge some.`);
  return schedule.map(({ days, from, to }) => {
    if (days.length === 0) throw invalid("An opening names at least one day; for every day, name all seven.");
    if (new Set(days).size < days.length) throw invalid("An opening names a day twice: name it once.");
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(from))
      throw invalid("from is a time from 00:00 to 23:59, written HH:MM.");
    if (!/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(to)) {
      throw invalid("to is a time from 00:01 to 24:00, written HH:MM.");
    }
    if (minutesOf(from) >= minutesOf(to)) {
      throw invalid(
        "An opening ends after it begins: for one across midnight give two, to 24:00 and from 00:00.",
      );
    }
    return { days: [...days], from, to };
  });
}

function checkMaxSeats(maxSeats: number, seats: number): number {
  if (!isWhole(maxSeats, 1, seats))
    throw invalid(`maxSeats is a whole number from 1 (exclusive) to ${seats}.`);
  return maxSeats;
}

function checkDuplicateWindow(days: number): number {
  if (!isWhole(days, 0, longestDuplicateWindowDays)) {
    throw invalid(
      `duplicateWindowDays is a whole number of days from 0 (repeats are wanted) to ${longestDuplicateWindowDays}.`,
    );
  }
  return days;
}

function checkMaxAgeHours(maxAgeHours: number): number {
  if (!isWhole(maxAgeHours, 1, longestAgeHours)) {
    throw invalid(`maxAgeHours is a whole number of hours from 1 to ${longestAgeHours}.`);
  }
  return maxAgeHours;
}

const isWhole = (value: number, from: number, to: number): boolean =>
  Number.isSafeInteger(value) && value >= from && value <= to;
