/** Explains to a supplier why it received a lead: consent, zone, criteria, caps and price. */
import type { CampaignTerms } from "../../offers/campaigns";
import type { ContactChannel } from "../../reference/catalogue";
import { zoneHolding, zoneText, type Place } from "../../reference/geo";

export interface Reason {
  readonly kind: "CONSENT" | "ZONE" | "CRITERION" | "CAP" | "PRICE";
  readonly text: string;
}

export interface Passed {
  readonly terms: CampaignTerms;
  readonly place: Place;
  readonly channels: readonly ContactChannel[];
  /** The count or amount used of each cap of the terms, this lead included. */
  readonly capsAfter: readonly number[];
}

export function whyOf({ terms, place, channels, capsAfter }: Passed): Reason[] {
  const zone = zoneHolding(terms.zones, place);
  return [
    { kind: "CONSENT", text: `The person named you, by ${channels.join(", ")}.` },
    {
      kind: "ZONE",
      text: `${place.commune} (${place.inseeCode}) lies in your zone ${zone ? zoneText(zone) : ""}.`,
    },
    ...terms.criteria.map((criterion): Reason => ({
      kind: "CRITERION",
      text: `Your criterion on ${criterion.field} is met.`,
    })),
    ...terms.caps.map((cap, index): Reason => ({
      kind: "CAP",
      text: `${String(capsAfter[index])} of ${String(cap.limit)} ${cap.unit} this ${cap.period}, this lead included.`,
    })),
    { kind: "PRICE", text: `Your price of ${String(terms.pricePerLeadCents)} cents.` },
  ];
}
