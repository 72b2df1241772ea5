/**
 * What does a supplier ask for: where, which needs, at what price, how many, and when? Terms are data, and
 * every version is kept, so that a lead can refer to the one that took it.
 */
import type { AnswerValue } from "../../reference/catalogue";
import type { Zone } from "../../reference/geo";

/** All tests of a criterion must be met. A field without an answer fails every test except isSet: false. */
export interface Criterion {
  readonly field: string;
  readonly oneOf?: readonly AnswerValue[];
  readonly noneOf?: readonly AnswerValue[];
  /** A number, an ISO date, or a date relative to the decision ("today+90d"). */
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
/** Local time in the campaign's time zone, "HH:MM". `to` is exclusive and may be "24:00". */
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
  /**
   * Whether the campaign is closed on French public holidays, in its time zone. Absent in versions older than
   * the option.
   */
  readonly closedOnHolidays?: boolean;
  /**
   * For how many days a person received for this product is not wanted again. Absent in versions older than
   * the option.
   */
  readonly duplicateWindowDays?: number;
  /**
   * Takes leads only while a member of the supplier who may see the campaign follows the feed. Absent: at any
   * time.
   */
  readonly onlyWhenConnected?: boolean;
  readonly maxSeats: number | null;
  readonly maxAgeHours: number;
}

export type CampaignStatus = "ACTIVE" | "PAUSED" | "ARCHIVED";
