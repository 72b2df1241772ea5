/**
 * Why a supplier received a lead: consent, zone, criteria, caps and price. What is stored are facts. They are put
 * into words when they are read: why-words.ts.
 */
import type { CampaignTerms } from "../../offers/campaigns";
import type { ContactChannel } from "../../reference/catalogue";
import { isShape, zoneHolding, zoneText, type Place, type Zone } from "../../reference/geo";

export type ReasonKind = "CONSENT" | "ZONE" | "CRITERION" | "CAP" | "PRICE";

/** The zone that contains the place: a code such as "region:84", "polygon", or a circle. */
export type ZoneFact =
  string | { readonly latitude: number; readonly longitude: number; readonly radiusKm: number };

export type ReasonFact =
  | {
      readonly kind: "CONSENT";
      readonly channels: readonly ContactChannel[];
      /** True for an invented person of the sandbox. */
      readonly invented?: true;
    }
  | {
      readonly kind: "ZONE";
      readonly commune: string;
      readonly inseeCode: string;
      readonly zone: ZoneFact | null;
    }
  | { readonly kind: "CRITERION"; readonly field: string }
  | {
      readonly kind: "CAP";
      readonly unit: string;
      readonly period: string;
      readonly limit: number;
      readonly used: number;
    }
  /** Without an amount: created on demand in the sandbox, and free of charge. */
  | { readonly kind: "PRICE"; readonly priceCents: number | null };

/** How reasons were stored before they were facts. */
export interface ReasonSentence {
  readonly kind: ReasonKind;
  readonly text: string;
}

export type Reason = ReasonFact | ReasonSentence;

export interface Passed {
  readonly terms: CampaignTerms;
  readonly place: Place;
  readonly channels: readonly ContactChannel[];
  /** The count or amount used of each cap of the terms, this lead included. */
  readonly capsAfter: readonly number[];
}

export function whyOf({ terms, place, channels, capsAfter }: Passed): ReasonFact[] {
  const zone = zoneHolding(terms.zones, place);
  const { commune, inseeCode } = place;
  return [
    { kind: "CONSENT", channels },
    { kind: "ZONE", commune, inseeCode, zone: zone ? zoneFactOf(zone) : null },
    ...terms.criteria.map(({ field }): ReasonFact => ({ kind: "CRITERION", field })),
    ...terms.caps.map(({ unit, period, limit }, index): ReasonFact => ({
      ...{ kind: "CAP", unit, period, limit },
      used: capsAfter[index] ?? 0,
    })),
    { kind: "PRICE", priceCents: terms.pricePerLeadCents },
  ];
}

function zoneFactOf(zone: Zone): ZoneFact {
  if (!isShape(zone) || zone.kind === "polygon") return zoneText(zone);
  const { latitude, longitude, radiusKm } = zone;
  return { latitude, longitude, radiusKm };
}
