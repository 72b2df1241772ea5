/** Reads the facts on which a return is decided, while the supplier's account is locked. */
import type { EntityManager } from "typeorm";
import { duplicateWindowDaysOf, type CampaignBook, type CampaignTerms } from "../../offers/campaigns";
import type { DeliveryRow } from "../deliveries";
import { asksPosition, covers } from "../../reference/geo";
import type { LeadBook, LeadNeedRow } from "../../people/leads";
import { preparedStatement } from "../../platform/prepared-statement";
import { windowOf } from "../../shared/calendar";
import { integerOf } from "../../shared/integer";
import { dayMs, type EarlierReturn, type Evidence } from "./return";

export class EvidenceService {
  constructor(
    private readonly leads: LeadBook,
    private readonly campaigns: Pick<CampaignBook, "termsOf">,
  ) {}

  async of(
    tx: EntityManager,
    delivery: DeliveryRow,
  ): Promise<Evidence & { readonly departement: string | null; readonly erased: boolean }> {
    const { campaignId, campaignVersion: version, leadId } = delivery;
    const [terms] = await this.campaigns.termsOf(tx, [{ campaignId, version }]);
    if (!terms) throw new Error("The terms of a delivery's campaign version do not exist.");
    const need = await this.leads.need(tx, leadId);
    const [facts] = await readFacts(tx, [
      ...[delivery.month, delivery.id, leadId, delivery.supplierId],
      ...monthOf(delivery.matchedAt),
      new Date(delivery.matchedAt.getTime() - duplicateWindowDaysOf(terms.terms) * dayMs),
    ]);
    if (!facts) throw new Error("The facts of a delivery cannot be read.");
    return {
      matchedAt: delivery.matchedAt,
      credited: delivery.creditedAt !== null,
      earlier: facts.earlier,
      numberProven: hasNumber(delivery) ? facts.numberProven : null,
      duplicate: facts.duplicate,
      inZone: need && inZone(need, terms.terms),
      withdrawnAt: delivery.revokedAt,
      readBefore: delivery.revokedAt && readBefore(facts, delivery.revokedAt),
      receivedInMonth: integerOf(facts.received),
      subjectiveInMonth: integerOf(facts.subjective),
      departement: need?.place.departement ?? null,
      erased: need === null,
    };
  }
}

interface Facts {
  readonly earlier: readonly EarlierReturn[];
  readonly numberProven: boolean;
  readonly duplicate: boolean;
  readonly received: string;
  readonly subjective: string;
  /** The earliest of the stored acknowledgements at or past this event; null if there is none. */
  readonly readAt: Date | null;
  readonly sent: boolean;
  readonly reported: boolean;
}

const hasNumber = ({ consent }: DeliveryRow): boolean =>
  consent.channels.includes("PHONE") || consent.channels.includes("SMS");

function inZone({ place }: LeadNeedRow, { zones, excludedZones }: CampaignTerms): boolean | null {
  if (covers(excludedZones, place)) return false;
  if (covers(zones, place)) return asksPosition(excludedZones, place) ? null : true;
  // Exact positions are sealed, so a zone that needs one cannot be checked here.
  return asksPosition(zones, place) ? null : false;
}

/**
 * Whether the supplier had read the lead before the withdrawal; null when unknown. Only the latest acknowledgement of a
 * reader is stored, so one made after the withdrawal does not show what had been read before.
 */
function readBefore({ readAt, sent, reported }: Facts, withdrawnAt: Date): boolean | null {
  if (sent || reported || (readAt !== null && readAt <= withdrawnAt)) return true;
  return readAt === null ? false : null;
}

const monthOf = (at: Date): [Date, Date] => {
  const { start, end } = windowOf("MONTH", "Europe/Paris", at);
  return [start, end];
};

const readFacts = preparedStatement<Facts>(
  "return.facts",
  `SELECT
     (SELECT coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'status', status)), '[]')
       FROM lead_return WHERE month = $1 AND delivery_id = $2) AS earlier,
     EXISTS (SELECT FROM lead_contact_digest WHERE month = month_of_id($3::uuid) AND lead_id = $3::uuid
       AND kind = 'PHONE' AND proven) AS "numberProven",
     EXISTS (SELECT FROM lead_contact_digest mine
       JOIN lead_contact_digest theirs ON theirs.digest = mine.digest AND theirs.lead_id <> mine.lead_id
       JOIN lead_request asked ON asked.month = theirs.month AND asked.id = theirs.lead_id
       JOIN lead_request own ON own.month = mine.month AND own.id = mine.lead_id AND own.product_id = asked.product_id
       JOIN delivered_lead d ON d.month = theirs.month AND d.lead_id = theirs.lead_id AND d.supplier_id = $4::uuid
       JOIN delivered_lead this ON this.month = $1 AND this.id = $2
       WHERE mine.month = month_of_id($3::uuid) AND mine.lead_id = $3::uuid
         AND d.matched_at > $7 AND d.matched_at < this.matched_at) AS duplicate,
     (SELECT count(*) FROM delivered_lead WHERE supplier_id = $4::uuid AND matched_at >= $5 AND matched_at < $6) AS received,
     (SELECT count(*) FROM lead_return WHERE supplier_id = $4::uuid AND matched_at >= $5 AND matched_at < $6
       AND by_person AND status NOT IN ('REJECTED', 'WITHDRAWN')) AS subjective,
     (SELECT min(p.acknowledged_at) FROM feed_entry e
       JOIN feed_acknowledgement p ON p.supplier_id = e.supplier_id AND p.position >= e.position
       WHERE e.supplier_id = $4::uuid AND e.kind = 'LEAD_MATCHED' AND e.delivery_id = $2) AS "readAt",
     EXISTS (SELECT FROM feed_entry e JOIN endpoint_delivery a ON a.supplier_id = e.supplier_id
         AND a.at >= e.at AND a.position = e.position
       JOIN delivered_lead d ON d.month = $1 AND d.id = $2 AND a.at <= d.revoked_at
       WHERE e.supplier_id = $4::uuid AND e.kind = 'LEAD_MATCHED' AND e.delivery_id = $2 AND a.delivered) AS sent,
     EXISTS (SELECT FROM reported_outcome o JOIN delivered_lead d ON d.month = o.month AND d.id = o.delivery_id
       WHERE o.month = $1 AND o.delivery_id = $2 AND o.reported_at <= d.revoked_at) AS reported`,
);
