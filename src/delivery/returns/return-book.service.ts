/** Reads and writes rows of `lead_return`. */
import type { EntityManager } from "typeorm";
import type { DeliveryRow } from "../deliveries";
import { notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type { Finding, ReturnDecision, ReturnReason, ReturnStatus } from "./return";
import type { ReturnRate, ReturnsPage, StoredReturn } from "./return-view";

export interface NewReturn {
  readonly id: string;
  readonly delivery: DeliveryRow;
  readonly reason: ReturnReason;
  readonly attempts: readonly Date[];
  readonly comment: Buffer | null;
  readonly decision: Exclude<ReturnDecision, { kind: "REFUSE" }>;
  readonly at: Date;
  readonly by: string;
}

const columns = `id, delivery_id AS "leadId", supplier_id AS "supplierId", reason, status, finding, attempts,
  comment_sealed AS "commentSealed", requested_at AS "requestedAt", decide_by AS "decideBy", decided_at AS "decidedAt"`;

export class ReturnBook {
  async insert(tx: EntityManager, fresh: NewReturn): Promise<void> {
    const { id, delivery, reason, attempts, comment, decision, at, by } = fresh;
    const decided =
      decision.kind === "ASK"
        ? ["PENDING", null, decision.decideBy, null, null]
        : [decision.accepted ? "ACCEPTED" : "REJECTED", decision.finding, null, at, "records"];
    const [status, finding, decideBy, decidedAt, decidedBy] = decided;
    await tx.query(
      `INSERT INTO lead_return
         (id, month, delivery_id, supplier_id, campaign_id, reason, by_person, status, finding, attempts,
          comment_sealed, matched_at, requested_at, requested_by, decide_by, decided_at, decided_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        ...[id, delivery.month, delivery.id, delivery.supplierId, delivery.campaignId, reason],
        ...[decision.kind === "ASK", status, finding, attempts, comment, delivery.matchedAt, at, by],
        ...[decideBy, decidedAt, decidedBy],
      ],
    );
  }

  /** False if the return is no longer pending. */
  async close(
    tx: EntityManager,
    closing: {
      id: string;
      status: Exclude<ReturnStatus, "PENDING">;
      finding: Finding;
      decidedBy: string;
      at: Date;
    },
  ): Promise<boolean> {
    const { id, status, finding, decidedBy, at } = closing;
    const [, decided]: [unknown, number] = await tx.query(
      `UPDATE lead_return SET status = $2, finding = $3, decided_at = $4, decided_by = $5
       WHERE id = $1 AND status = 'PENDING'`,
      [id, status, finding, at, decidedBy],
    );
    return decided === 1;
  }

  async one(tx: EntityManager, id: string): Promise<StoredReturn> {
    const rows: StoredReturn[] = isId(id)
      ? await tx.query(`SELECT ${columns} FROM lead_return WHERE id = $1`, [id])
      : [];
    const [row] = rows;
    if (!row) throw notFound("return");
    return row;
  }

  /** The latest return of each lead, in the order of `leadIds`; null for a lead that was not returned. */
  async ofLeads(tx: EntityManager, leadIds: readonly string[]): Promise<(StoredReturn | null)[]> {
    const rows: StoredReturn[] = await tx.query(
      `SELECT ${columns} FROM lead_return WHERE (month, delivery_id) IN (
         SELECT month_of_id(id), id FROM unnest($1::uuid[]) AS id)
       ORDER BY requested_at, id`,
      [leadIds],
    );
    const byLead = new Map(rows.map((row) => [row.leadId, row]));
    return leadIds.map((id) => byLead.get(id) ?? null);
  }

  /** The returns that the caller's role may see. */
  async page(tx: EntityManager, page: ReturnsPage): Promise<StoredReturn[]> {
    const { status, reason, supplierId, order, after, limit } = page;
    if (supplierId !== null && !isId(supplierId)) return [];
    const [beyond, direction] = order === "OLDEST" ? [">", "ASC"] : ["<", "DESC"];
    return tx.query(
      `SELECT ${columns} FROM lead_return
       WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR reason = $2)
         AND ($3::uuid IS NULL OR supplier_id = $3)
         AND ($4::timestamptz IS NULL OR (requested_at, id) ${beyond} ($4, $5::uuid))
       ORDER BY requested_at ${direction}, id ${direction} LIMIT $6`,
      [status, reason, supplierId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }

  async overdue(tx: EntityManager, at: Date): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      "SELECT id FROM lead_return WHERE status = 'PENDING' AND decide_by < $1 ORDER BY decide_by LIMIT 100",
      [at],
    );
    return rows.map(({ id }) => id);
  }

  /** Return rates by supplier and by the lead's source, for the leads delivered in the period. */
  async rates(
    tx: EntityManager,
    { start, end }: { start: Date; end: Date },
    { after, limit }: { after: readonly string[] | null; limit: number },
  ): Promise<ReturnRate[]> {
    const rows: (Record<"received" | "requested" | "accepted", string> &
      Pick<ReturnRate, "supplierId" | "source">)[] = await tx.query(
      `SELECT d.supplier_id AS "supplierId", coalesce(l.source, 'unknown') AS source,
           count(DISTINCT d.id) AS received, count(DISTINCT d.id) FILTER (WHERE r.status <> 'WITHDRAWN') AS requested,
           count(r.id) FILTER (WHERE r.status = 'ACCEPTED') AS accepted
         FROM delivered_lead d JOIN lead_request l ON l.month = month_of_id(d.lead_id) AND l.id = d.lead_id
         LEFT JOIN lead_return r ON r.month = d.month AND r.delivery_id = d.id
         WHERE d.matched_at >= $1 AND d.matched_at < $2
           AND ($3::uuid IS NULL OR (d.supplier_id, coalesce(l.source, 'unknown')) > ($3, $4::text))
         GROUP BY 1, 2 ORDER BY 1, 2 LIMIT $5`,
      [start, end, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
    return rows.map((row) => ({
      ...row,
      received: integerOf(row.received),
      requested: integerOf(row.requested),
      accepted: integerOf(row.accepted),
    }));
  }
}
