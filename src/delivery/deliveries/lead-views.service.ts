/**
 * Loads leads for feed events as their supplier may see them now. One statement reads delivery, need and person
 * together, so that a withdrawal is seen for all three or for none. Simultaneous reads for several suppliers share one
 * round trip to the database, and each runs with the row-level security of its own supplier.
 */
import type { SupplierScope } from "../../access/identity";
import type { LeadReader, StoredRequest } from "../../people/leads";
import { idLiteral, type ReadTogether } from "../../platform/database";
import { Batcher } from "../../platform/batcher";
import { integerOf } from "../../shared/integer";
import { isId, monthOfId } from "../../shared/months";
import type { DeliveryFacts } from "./delivery-facts";
import type { LeadView } from "./lead-view";
import { render } from "./render";

interface LeadViewQuery {
  readonly scope: SupplierScope;
  readonly ids: readonly string[];
}

type Row = Omit<DeliveryFacts, "priceCents"> & StoredRequest & { readonly priceCents: string };
type Found = ReadonlyMap<string, LeadView>;

const batching = { maxBatch: 50, concurrency: 4 };

export class LeadViews {
  private readonly batcher: Batcher<LeadViewQuery, Found>;

  constructor(
    readTogether: ReadTogether,
    private readonly leads: LeadReader,
  ) {
    this.batcher = new Batcher(async (questions) => {
      const answers = await readTogether(questions.map(readingOf));
      return answers.map((rows) => this.viewsOf(rows as unknown as Row[]));
    }, batching);
  }

  /** In the order of `ids`; null for a lead that was revoked or is outside the scope. */
  async byIds(scope: SupplierScope, ids: readonly string[]): Promise<(LeadView | null)[]> {
    const wanted = ids.filter(isId);
    const found: Found = wanted.length === 0 ? new Map() : await this.batcher.request({ scope, ids: wanted });
    return ids.map((id) => found.get(id) ?? null);
  }

  private viewsOf(rows: readonly Row[]): Found {
    return new Map(
      rows.map((row) => {
        const delivery = { ...row, priceCents: integerOf(row.priceCents) };
        return [row.id, render({ delivery, ...this.leads.opened(row) })];
      }),
    );
  }
}

const readingOf = ({ scope, ids }: LeadViewQuery) => ({
  scope,
  sql: `SELECT d.id, d.supplier_id AS "supplierId", d.sandbox, d.campaign_id AS "campaignId",
      d.campaign_version AS "campaignVersion", d.seat, d.seats, d.price_cents AS "priceCents",
      d.matched_at AS "matchedAt", d.channels, d.consent, d.why, d.credited_at AS "creditedAt",
      n.month, n.lead_id AS "leadId", n.product_id AS "productId", n.form_version AS "formVersion",
      n.submitted_at AS "submittedAt", n.answers, n.texts_answered AS "textsAnswered", n.place,
      s.key_id AS "keyId", s.wrapped_key AS "wrappedKey", s.sealed
    FROM (VALUES ${ids.map((id) => `(${String(monthOfId(id))}, ${idLiteral(id)}::uuid)`).join(", ")}) AS w (month, id)
    CROSS JOIN LATERAL (
      SELECT month, lead_id, id, supplier_id, sandbox, campaign_id, campaign_version, seat, seats, price_cents,
        matched_at, channels, consent, why, credited_at
      FROM delivery WHERE month = w.month AND id = w.id AND revoked_at IS NULL
      AND supplier_id = ${idLiteral(scope.supplierId)} LIMIT 1) AS d
    CROSS JOIN LATERAL (
      SELECT month, lead_id, product_id, form_version, submitted_at, answers, texts_answered, place
      FROM lead_answers WHERE month = d.month AND lead_id = d.lead_id LIMIT 1) AS n
    CROSS JOIN LATERAL (
      SELECT key_id, wrapped_key, sealed FROM sealed_person WHERE month = d.month AND lead_id = d.lead_id LIMIT 1) AS s`,
});
