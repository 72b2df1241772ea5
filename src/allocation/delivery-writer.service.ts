/** What follows when a supplier takes a lead: a delivery, a charge, caps, feed events. Under its account's lock. */
import type { EntityManager } from "typeorm";
import type { Given, RecordedAct, Scope } from "../consent";
import { whyOf, type ConsentBasis, type DeliveryBook, type DeliveryRow } from "../deliveries";
import type { FeedEntry, FeedService } from "../feed";
import type { LeadRow } from "../leads";
import { chargeOf, type AccountsService, type LockedAccount } from "../ledger";
import type { LeadFacts, Taken } from "../matching";
import { newMonthlyId } from "../platform/ids";
import { windowsOf } from "./capacities";
import type { CapUsage } from "./cap-usage.service";

export interface Award {
  readonly lead: LeadRow;
  readonly place: LeadFacts["place"];
  readonly acts: readonly RecordedAct[];
  readonly scope: Scope;
  readonly taken: Taken;
  readonly seats: number;
  readonly at: Date;
}

export class DeliveryWriter {
  constructor(
    private readonly accounts: AccountsService,
    private readonly feed: FeedService,
    private readonly caps: CapUsage,
    private readonly deliveries: DeliveryBook,
  ) {}

  async write(tx: EntityManager, account: LockedAccount, award: Award): Promise<void> {
    const delivery = deliveryOf(award);
    const { taken, at } = award;
    await this.deliveries.insert(tx, delivery);
    const charge = chargeOf(account.mode, delivery.priceCents);
    await this.accounts.post(tx, account, [{ ...charge, causeKind: "DELIVERY", causeId: delivery.id, at }]);
    const used = windowsOf(taken.candidate, at).map((window, index) => ({
      ...window,
      used: taken.capsAfter[index]?.used ?? 0,
    }));
    await this.caps.write(tx, used);
    await this.feed.append(tx, account, { entries: entriesOf(delivery.id, taken), at });
  }
}

function deliveryOf({ lead, place, acts, scope, taken, seats, at }: Award): DeliveryRow {
  const { supplierId, campaignId, version, terms } = taken.candidate;
  const channels = [...(scope.get(supplierId) ?? [])];
  const capsAfter = taken.capsAfter.map(({ used }) => used);
  return {
    // The id carries the month of submission, as every key of this lead does.
    id: newMonthlyId(lead.submittedAt),
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
    creditedAt: null,
    revokedAt: null,
    revocationReason: null,
    acknowledgeBy: null,
    acknowledgedAt: null,
    disposition: null,
    groundSealed: null,
  };
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
  throw new Error("A lead is only ever given to a supplier that was shown.");
}

const recipientIn = ({ shown }: Given, supplierId: string): Given["shown"][number] | undefined =>
  shown.find((recipient) => recipient.supplierId === supplierId);

function entriesOf(deliveryId: string, { candidate, capsAfter, capsReached }: Taken): FeedEntry[] {
  const { campaignId, terms } = candidate;
  const matched: FeedEntry = { kind: "LEAD_MATCHED", deliveryId, campaignId, detail: {} };
  const reached = capsReached.flatMap((index): FeedEntry[] => {
    const cap = terms.caps[index];
    const resetsAt = capsAfter[index]?.resetsAt;
    if (!cap || !resetsAt) return [];
    return [
      {
        kind: "CAP_REACHED",
        deliveryId: null,
        campaignId,
        detail: { cap: { ...cap }, resetsAt: resetsAt.toISOString() },
      },
    ];
  });
  return [matched, ...reached];
}
