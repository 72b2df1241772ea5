/**
 * What a supplier asks for: where, which needs, at what price, how many, when. Terms are data and
 * every version is kept, so that a lead can say which one took it.
 */
import type { AnswerValue } from "../../reference/catalogue";
import type { Zone } from "../../reference/geo";

/** All tests of a criterion hold together. A field not answered fails every test but isSet: false. */
export interface Criterion {
  readonly field: string;
  readonly oneOf?: readonly AnswerValue[];
  readonly noneOf?: readonly AnswerValue[];
  /** A number, an ISO date, or one relative to the day of the decision ("today+90d"). */
  readonly min?: number | string;
  readonly max?: number | string;
  readonly isSet?: boolean;
}

export type CapUnit = "LEADS" | "SPEND_CENTS";
export type CapPeriod = "HOUR" | "DAY" | "WEEK" | "MONTH";
export interface Cap {
  readonly unit: CapUnit;
  readonly period: CapPeriod;
  readonly limit: number;
}

export type Weekday = "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT" | "SUN";
/** Local time in the campaign's zone, "HH:MM"; `to` may be "24:00" and is exclusive. */
export interface Opening {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

export interface CampaignTerms {
  readonly name: string;
  readonly product: string;
  readonly formVersion: number;
  readonly site: string | null;
  readonly zones: readonly Zone[];
  readonly excludedZones: readonly Zone[];
  readonly criteria: readonly Criterion[];
  readonly pricePerLeadCents: number;
  readonly caps: readonly Cap[];
  readonly timeZone: string;
  /** Empty: always open. */
  readonly schedule: readonly Opening[];
  /** On French public holidays, by the campaign's clock. Versions older than the option have none. */
  readonly closedOnHolidays?: boolean;
  /** How long a person who was received for this product is not wanted again. Versions older than the option have none. */
  readonly duplicateWindowDays?: number;
  /** Only while somebody of the supplier follows the feed who may see the campaign. Left out: at any time. */
  readonly onlyWhenConnected?: boolean;
  readonly maxSeats: number | null;
  readonly maxAgeHours: number;
}

export type CampaignStatus = "ACTIVE" | "PAUSED" | "ARCHIVED";
