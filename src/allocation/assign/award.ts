/** What a supplier gets that takes a lead: a delivery, and the entries in its feed. */
import type { ConsentGiven, RecordedAct, ConsentScope } from "../../people/consent";
import { whyOf, type ConsentBasis, type NewDelivery } from "../../delivery/deliveries";
import type { FeedEntry } from "../../account/feed";
import type { LeadRow } from "../../people/leads";
import type { LeadFacts, Taken } from "../matching";

export interface Award {
  readonly lead: LeadRow;
  readonly place: LeadFacts["place"];
  readonly acts: readonly RecordedAct[];
  readonly scope: ConsentScope;
  readonly taken: Taken;
  readonly seats: number;
  readonly at: Date;
}

/** `id` contains the month of submission, like every key of this lead. */
export function deliveryOf(id: string, { lead, place, acts, scope, taken, seats, at }: Award): NewDelivery {
  const { supplierId, campaignId, version, terms } = taken.candidate;
  const channels = [...(scope.get(supplierId) ?? [])];
  const capsAfter = taken.capsAfter.map(({ used }) => used);
  return {
    id,
    month: lead.month,
    leadId: lead.id,
    supplierId,
    campaignId,
    campaignVersion: version,
    seat: taken.seat,
    seats,
    priceCents: terms.pricePerLeadCents,
    matchedAt: at,
    channels,
    consent: basisOf(acts, supplierId, channels),
    why: whyOf({ terms, place, channels, capsAfter }),
  };
}

export function feedEntriesOf(deliveryId: string, { candidate, capsAfter, capsReached }: Taken): FeedEntry[] {
  const { campaignId, terms } = candidate;
  const matched: FeedEntry = { kind: "LEAD_MATCHED", deliveryId, campaignId, detail: {} };
  const reached = capsReached.flatMap((index): FeedEntry[] => {
    const cap = terms.caps[index];
    const resetsAt = capsAfter[index]?.resetsAt;
    if (!cap || !resetsAt) return [];
    const detail = { cap: { ...cap }, resetsAt: resetsAt.toISOString() };
    return [{ kind: "CAP_REACHED", deliveryId: null, campaignId, detail }];
  });
  return [matched, ...reached];
}

function basisOf(
  acts: readonly RecordedAct[],
  supplierId: string,
  channels: ConsentBasis["channels"],
): ConsentBasis {
  for (const { at, content } of acts) {
    const shown = content.kind === "GIVEN" ? recipientIn(content, supplierId) : undefined;
    if (content.kind !== "GIVEN" || !shown) continue;
    return { supplierName: shown.name, channels, givenAt: at.toISOString(), ...content.declared };
  }
  throw new Error("A lead can only go to a supplier that was shown to the person.");
}

const recipientIn = (
  { shown }: ConsentGiven,
  supplierId: string,
): ConsentGiven["shown"][number] | undefined =>
  shown.find((recipient) => recipient.supplierId === supplierId);
