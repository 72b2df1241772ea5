/** What of leads' seats is taken, by them and by the requests that they repeat or that repeat them. */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../../offers/campaigns";
import type { LeadRow } from "../../people/leads";
import { statement } from "../../platform/statement";
import { monthOfId } from "../../shared/months";
import type { PlacedKin } from "./in-turn";
import type { OwnSeats } from "./seats-among-kin";

export interface SeatsTaken {
  readonly own: OwnSeats;
  readonly kin: readonly PlacedKin[];
}

interface KinRow {
  readonly of: string;
  readonly leadId: string;
  readonly supplierId: string;
  readonly campaignId: string;
  readonly version: number;
  readonly seat: number;
  readonly revoked: boolean;
}

const readKin = statement<KinRow>(
  "seats.taken",
  `SELECT wanted.id AS of, d.lead_id AS "leadId", d.supplier_id AS "supplierId", d.campaign_id AS "campaignId",
     d.campaign_version AS version, d.seat, d.revoked_at IS NOT NULL AS revoked
   FROM unnest($1::uuid[], $2::integer[], $3::uuid[]) AS wanted (id, root_month, root)
   CROSS JOIN LATERAL (
     SELECT month, id FROM lead WHERE month = wanted.root_month AND id = wanted.root
     UNION ALL SELECT month, id FROM lead WHERE joined_lead_id = wanted.root
   ) AS kin
   CROSS JOIN LATERAL (SELECT * FROM delivery WHERE month = kin.month AND lead_id = kin.id OFFSET 0) AS d
   ORDER BY d.lead_id, d.seat`,
);

export class KinSeats {
  constructor(private readonly campaigns: CampaignBook) {}

  /** By lead. Call with the roots of their kin held. */
  async taken(tx: EntityManager, leads: readonly LeadRow[]): Promise<(lead: LeadRow) => SeatsTaken> {
    const roots = leads.map(rootOf);
    const rows = await readKin(tx, [leads.map(({ id }) => id), roots.map(monthOfId), roots]);
    const standing = rows.filter(({ of, leadId, revoked }) => leadId !== of && !revoked);
    const versions = await this.campaigns.termsOf(tx, standing);
    const terms = new Map(versions.map((one) => [keyOf(one), one.terms]));
    return ({ id, seats }) => ({
      own: { seats, deliveries: rows.filter(({ of, leadId }) => of === id && leadId === id) },
      kin: standing
        .filter(({ of }) => of === id)
        .map((row) => ({ ...row, maxSeats: terms.get(keyOf(row))?.maxSeats ?? null })),
    });
  }
}

/** The first request of its kin, which may be itself. */
export const rootOf = ({ id, joinedLeadId }: Pick<LeadRow, "id" | "joinedLeadId">): string =>
  joinedLeadId ?? id;

const keyOf = ({ campaignId, version }: { campaignId: string; version: number }): string =>
  `${campaignId} ${String(version)}`;
