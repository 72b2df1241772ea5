/** The unchecked input of a supplier that describes a campaign. Omitted and null mean the same. */
import { type CapPeriod, type CapUnit, type Opening } from "./terms";

type Maybe<T> = T | null | undefined;

/** Exactly one of these. */
export interface ZoneInput {
  readonly country?: Maybe<string>;
  readonly region?: Maybe<string>;
  readonly departement?: Maybe<string>;
  readonly postcode?: Maybe<string>;
  readonly commune?: Maybe<string>;
  readonly circle?: unknown;
  readonly polygon?: unknown;
}

export interface CriterionInput {
  readonly field: string;
  readonly oneOf?: Maybe<readonly unknown[]>;
  readonly noneOf?: Maybe<readonly unknown[]>;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly isSet?: Maybe<boolean>;
}

export interface CapInput {
  readonly unit: CapUnit;
  readonly period: CapPeriod;
  readonly limit: number;
}

export interface TermsInput {
  readonly name: string;
  readonly product: string;
  readonly site?: Maybe<string>;
  readonly zones: readonly ZoneInput[];
  readonly excludedZones?: Maybe<readonly ZoneInput[]>;
  readonly criteria: readonly CriterionInput[];
  readonly pricePerLeadCents: number;
  readonly caps: readonly CapInput[];
  readonly timeZone?: Maybe<string>;
  readonly schedule?: Maybe<readonly Opening[]>;
  readonly closedOnHolidays?: Maybe<boolean>;
  readonly onlyWhenConnected?: Maybe<boolean>;
  readonly duplicateWindowDays?: Maybe<number>;
  readonly maxSeats?: Maybe<number>;
  readonly maxAgeHours?: Maybe<number>;
}
