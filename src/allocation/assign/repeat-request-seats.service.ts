/**
 * Which seats of a lead are taken, by its own deliveries and by those of its repeat requests? How they are
 * shared is shared-seats.ts.
 */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../../offers/campaigns";
import type { LeadRow } from "../../people/leads";
import { preparedStatement } from "../../platform/prepared-statement";
import { monthOfId } from "../../shared/months";
import type { RepeatSeat } from "./batch-decider";
import type { OwnSeats } from "./shared-seats";

export interface SeatsTaken {
  readonly own: OwnSeats;
  readonly repeats: readonly RepeatSeat[];
}

interface SeatRow {
  readonly of: string;
  readonly leadId: string;
  readonly supplierId: string;
  readonly campaignId: string;
  readonly version: number;
  readonly seat: number;
  readonly revoked: boolean;
}

const readSeats = preparedStatement<SeatRow>(
  "seats.taken",
  `SELECT wanted.id AS of, d.lead_id AS "leadId", d.supplier_id AS "supplierId", d.campaign_id AS "campaignId",
     d.campaign_version AS version, d.seat, d.revoked_at IS NOT NULL AS revoked
   FROM unnest($1::uuid[], $2::integer[], $3::uuid[]) AS wanted (id, root_month, root)
   CROSS JOIN LATERAL (
     SELECT month, id FROM lead_request WHERE month = wanted.root_month AND id = wanted.root
     UNION ALL SELECT month, id FROM lead_request WHERE joined_lead_id = wanted.root
   ) AS request
   CROSS JOIN LATERAL (
     SELECT lead_id, supplier_id, campaign_id, campaign_version, seat, revoked_at
     FROM delivered_lead WHERE month = request.month AND lead_id = request.id OFFSET 0
   ) AS d
   ORDER BY d.lead_id, d.seat`,
);

export class RepeatRequestSeats {
  constructor(private readonly campaigns: CampaignBook) {}

  /** By lead. Call with the roots of the repeat requests locked. */
  async taken(tx: EntityManager, leads: readonly LeadRow[]): Promise<(lead: LeadRow) => SeatsTaken> {
    const roots = leads.map(rootLeadOf);
    const rows = await readSeats(tx, [leads.map(({ id }) => id), roots.map(monthOfId), roots]);
    const standing = rows.filter(({ of, leadId, revoked }) => leadId !== of && !revoked);
    const versions = await this.campaigns.termsOf(tx, standing);
    const terms = new Map(versions.map((one) => [keyOf(one), one.terms]));
    return ({ id, seats }) => ({
      own: { seats, deliveries: rows.filter(({ of, leadId }) => of === id && leadId === id) },
      repeats: standing
        .filter(({ of }) => of === id)
        .map((row) => ({ ...row, maxSeats: terms.get(keyOf(row))?.maxSeats ?? null })),
    });
  }
}

/** The first of the repeat requests, which may be the lead itself. */
export const rootLeadOf = ({ id, joinedLeadId }: Pick<LeadRow, "id" | "joinedLeadId">): string =>
  joinedLeadId ?? id;

const keyOf = ({ campaignId, version }: { campaignId: string; version: number }): string =>
  `${campaignId} ${String(version)}`;
