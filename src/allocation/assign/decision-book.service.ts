/**
 * The store of decisions: writes each decision once and replays recorded ones on demand. The records are
 * defined in matching/decision-record.ts.
 */
import type { EntityManager } from "typeorm";
import type { AuditService } from "../../access/identity";
import type { LeadBook, LeadRow } from "../../people/leads";
import { packDecision, unpackDecision, type DecisionRecord } from "../matching";
import type { Transact } from "../../platform/database";
import { preparedStatement } from "../../platform/prepared-statement";
import { notFound } from "../../shared/errors";
import { canonicalJson } from "../../shared/canonical-json";
import { integerOf } from "../../shared/integer";
import { monthOfId } from "../../shared/months";
import { DecisionEntity } from "./decision.entity";
import type { Replays } from "./replays.service";
import type { RecordedDecision, Replay } from "./replay-result";

/** With the previous decision about the same lead, if there was one. */
export interface NewDecision {
  readonly record: DecisionRecord;
  readonly last: RecordedDecision | null;
}

const readLast = preparedStatement<DecisionRow>(
  "decision.last",
  `SELECT d.lead_id, d.number, d.at, d.packed, d.content FROM unnest($1::integer[], $2::uuid[]) AS w (month, lead_id)
   CROSS JOIN LATERAL (SELECT lead_id, number, at, packed, content FROM decision
     WHERE month = w.month AND lead_id = w.lead_id ORDER BY number DESC LIMIT 1) AS d`,
);

const insert = preparedStatement(
  "decision.insert",
  `INSERT INTO decision (month, lead_id, number, at, packed)
   SELECT month, lead_id, number, at, packed
   FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::timestamptz[], $5::bytea[])
     AS new (month, lead_id, number, at, packed)`,
);

export class DecisionBook {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly leads: LeadBook;
      readonly replays: Replays;
      readonly audit: AuditService;
    },
  ) {}

  /**
   * Call under the locks of the leads. A decision with the same outcome as the one before it is not recorded
   * again.
   */
  async record(tx: EntityManager, decisions: readonly NewDecision[]): Promise<void> {
    const fresh = decisions.filter(({ last, record }) => !saysTheSame(last?.record, record));
    if (fresh.length === 0) return;
    await insert(tx, [
      fresh.map(({ record: { leadId } }) => monthOfId(leadId)),
      fresh.map(({ record: { leadId } }) => leadId),
      fresh.map(({ last }) => (last?.number ?? 0) + 1),
      fresh.map(({ record: { at } }) => new Date(at)),
      fresh.map(({ record }) => Buffer.from(packDecision(record))),
    ]);
  }

  /** By lead id. Leads without a decision are missing. */
  async last(tx: EntityManager, leadIds: readonly string[]): Promise<ReadonlyMap<string, RecordedDecision>> {
    const rows = await readLast(tx, [leadIds.map(monthOfId), leadIds]);
    return new Map(rows.map((row) => [row.lead_id, recordedIn(row)]));
  }

  /** The record of the last decision about each lead, by lead id. Leads without a decision are missing. */
  async latest(tx: EntityManager, leadIds: readonly string[]): Promise<Map<string, DecisionRecord>> {
    const known = await this.last(tx, leadIds);
    return new Map([...known].flatMap(([leadId, { record }]) => (record ? [[leadId, record] as const] : [])));
  }

  /**
   * Every decision about a lead, each replayed from its record. The answer reveals personal facts, so the
   * request is audited.
   */
  async replayed(reference: string, actor: string): Promise<Replay> {
    const { transact, leads, replays, audit } = this.deps;
    return transact({ role: "worker" }, async (tx) => {
      const lead = await leads.byReference(tx, reference);
      if (!lead) throw notFound("request");
      const subject = `lead:${lead.id}`;
      await audit.record(tx, { actor, action: "decision", subject, supplierId: null, detail: {} });
      const joinedTo = await this.rootOf(tx, lead);
      const rows = await tx.find(DecisionEntity, {
        where: { month: lead.month, leadId: lead.id },
        order: { number: "ASC" },
      });
      const decisions = await replays.of(tx, rows.map(recorded));
      const erased = (await leads.need(tx, lead.id)) === null;
      return erased ? { joinedTo, erased } : { joinedTo, erased, decisions };
    });
  }

  /** The decisions of a time span in order, starting after the given one. */
  async madeIn(
    tx: EntityManager,
    { from, until }: { readonly from: Date; readonly until: Date },
    { after, pageSize }: { readonly after: RecordedDecision | null; readonly pageSize: number },
  ): Promise<RecordedDecision[]> {
    const rows: DecisionRow[] = await tx.query(
      `SELECT lead_id, number, at, packed, content FROM decision
       WHERE at >= $1 AND at < $2 AND ($3::uuid IS NULL OR (at, lead_id, number) > ($1, $3::uuid, $4::integer))
       ORDER BY at, lead_id, number LIMIT $5`,
      [after?.at ?? from, until, after?.leadId, after?.number, pageSize],
    );
    return rows.map(recordedIn);
  }

  /**
   * Decisions say when suppliers received the person otherwise, and how far away they are, so they are
   * deleted with the person.
   */
  async forget(tx: EntityManager, leadId: string): Promise<void> {
    await tx.delete(DecisionEntity, { month: monthOfId(leadId), leadId });
  }

  async countBetween(tx: EntityManager, from: Date, until: Date): Promise<number> {
    const rows: { count: string }[] = await tx.query(
      "SELECT count(*) FROM decision WHERE at >= $1 AND at < $2",
      [from, until],
    );
    return integerOf(rows[0]?.count);
  }

  private async rootOf(tx: EntityManager, { joinedLeadId }: LeadRow): Promise<string | null> {
    return joinedLeadId === null ? null : ((await this.deps.leads.byId(tx, joinedLeadId))?.reference ?? null);
  }
}

const saysTheSame = (before: DecisionRecord | null | undefined, now: DecisionRecord): boolean =>
  before != null && canonicalJson(before.outcome) === canonicalJson(now.outcome);

type DecisionRow = Omit<DecisionEntity, "leadId" | "month"> & { lead_id: string };

/** Reads either stored form. */
const recorded = ({
  leadId,
  number,
  at,
  packed,
  content,
}: Omit<DecisionEntity, "month">): RecordedDecision => ({
  ...{ leadId, number, at },
  // Decisions from before the packed format name no market.
  record: packed ? readable(leadId, packed) : content && { ...content, market: 0 },
});

const recordedIn = ({ lead_id: leadId, ...row }: DecisionRow): RecordedDecision =>
  recorded({ ...row, leadId });

/** An unreadable decision must not hide the others: it is reported as one that differs. */
function readable(leadId: string, packed: Buffer): DecisionRecord | null {
  try {
    return unpackDecision(leadId, packed);
  } catch {
    return null;
  }
}
