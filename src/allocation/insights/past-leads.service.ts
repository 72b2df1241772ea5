/**
 * Past requests of a product, as far as they may be counted: confirmed in the period, not erased, and with
 * somebody left who may use them. Read page by page, each in a transaction of its own, so that a long look back
 * holds no connection and fills no memory. The contact stays sealed, and so does the person's own position.
 */
import type { EntityManager } from "typeorm";
import type { DecisionBook } from "../assign";
import { scopeOf, type ConsentAct, type Scope } from "../../people/consent";
import type { DecisionRecord, Need } from "../matching";
import type { Transact } from "../../platform/database";
import { integerOf } from "../../shared/integer";
import { monthOfId } from "../../shared/months";
import type { Period } from "./period";

export interface PastLead {
  readonly leadId: string;
  readonly need: Need;
  readonly submittedAt: Date;
  readonly confirmedAt: Date;
  readonly waitUntil: Date;
  /** Of the person's contacts. */
  readonly digests: readonly string[];
  /** By the supplier that asks, through whichever campaign, whatever became of it. */
  readonly isReceived: boolean;
  /** The last one, if it was asked for and the person has not taken consent back from the supplier since. */
  readonly decision: DecisionRecord | undefined;
}

export interface PastLeadQuery extends Period {
  readonly supplierId: string;
  readonly product: string;
  /** Only what was closed in the period, with its last decision: what waits is not missed yet. */
  readonly onlyClosed: boolean;
}

interface Row {
  id: string;
  submitted_at: Date;
  /** To the microsecond, which a Date does not hold. */
  submitted: string;
  confirmed_at: Date;
  wait_until: Date;
  answers: Need["answers"];
  texts_answered: string[];
  /** Null if it was erased between two looks. */
  place: Need["place"] | null;
  digests: string[];
  is_received: boolean;
}

export interface Reading {
  readonly pageSize: number;
  readonly readAtMost: number;
}
const usual: Reading = { pageSize: 500, readAtMost: 10_000 };

const looked = `l.product_id = $1 AND l.submitted_at >= $2 AND l.submitted_at < $3 AND l.confirmed_at < $3
  AND l.erased_at IS NULL AND l.close_reason IS DISTINCT FROM 'WITHDRAWN' AND (NOT $4::boolean OR l.closed_at < $3)`;

/** The leads are chosen first: to join everything before it is cut to a page would read the whole past each time. */
const chosen = (which: string): string => `
  WITH l AS MATERIALIZED (
    SELECT l.month, l.id, l.submitted_at, l.confirmed_at, l.wait_until FROM lead l WHERE ${looked} AND ${which})
  SELECT l.id, l.submitted_at, l.submitted_at::text AS submitted, l.confirmed_at, l.wait_until,
    n.answers, n.texts_answered, n.place,
    ARRAY(SELECT encode(i.digest, 'hex') FROM lead_index i WHERE i.month = l.month AND i.lead_id = l.id) AS digests,
    EXISTS (SELECT FROM delivery d WHERE d.month = l.month AND d.lead_id = l.id AND d.supplier_id = $5) AS is_received
  FROM l LEFT JOIN lead_need n ON n.month = l.month AND n.lead_id = l.id ORDER BY l.submitted_at, l.id`;

const oneOfThem = chosen("l.month = $6 AND l.id = $7");
const pageOf = (sampledOneIn: number, { pageSize }: Reading): string =>
  chosen(`${sampledOneIn === 1 ? "true" : `(hashtext(l.id::text)::bigint & 2147483647) % ${String(sampledOneIn)} = 0`}
    AND ($6::timestamptz IS NULL OR (l.submitted_at, l.id) > ($6, $7::uuid))
    ORDER BY l.submitted_at, l.id LIMIT ${String(pageSize)}`);

export class PastLeads {
  constructor(
    private readonly transact: Transact,
    private readonly decisions: DecisionBook,
    private readonly reading = usual,
  ) {}

  /** 1, unless there are too many to read: then one in so many is looked at. */
  async sampledOneIn(asked: PastLeadQuery): Promise<number> {
    const rows: { count: string }[] = await this.transact({ role: "worker" }, (tx) =>
      tx.query(`SELECT count(*) FROM lead l WHERE ${looked}`, lookedAt(asked)),
    );
    return Math.max(1, Math.ceil(integerOf(rows[0]?.count) / this.reading.readAtMost));
  }

  /** In order of submission. Of a sample always the same leads, drawn by their ids. */
  async *pages(asked: PastLeadQuery, sampledOneIn: number): AsyncGenerator<PastLead[], void, undefined> {
    let after: Row | undefined;
    do {
      const from = [asked.supplierId, after?.submitted ?? null, after?.id ?? null];
      const page = await this.transact({ role: "worker" }, async (tx) => {
        const rows: Row[] = await tx.query(pageOf(sampledOneIn, this.reading), [...lookedAt(asked), ...from]);
        return { rows, leads: await this.leadsOf(tx, asked, rows) };
      });
      yield page.leads;
      after = page.rows.length < this.reading.pageSize ? undefined : page.rows.at(-1);
    } while (after);
  }

  /** One of them, or null if it is none of them now. */
  async one(asked: PastLeadQuery, leadId: string): Promise<PastLead | null> {
    return this.transact({ role: "worker" }, async (tx) => {
      const rows: Row[] = await tx.query(oneOfThem, [
        ...lookedAt(asked),
        ...[asked.supplierId, monthOfId(leadId), leadId],
      ]);
      return (await this.leadsOf(tx, asked, rows))[0] ?? null;
    });
  }

  private async leadsOf(tx: EntityManager, asked: PastLeadQuery, rows: readonly Row[]): Promise<PastLead[]> {
    const ids = rows.map(({ id }) => id);
    const scopes = await narrowedScopes(tx, ids);
    const decisions = asked.onlyClosed
      ? await this.decisions.latest(tx, ids)
      : new Map<string, DecisionRecord>();
    return rows.flatMap((row) => {
      const scope = scopes.get(row.id);
      if (scope?.size === 0 || row.place === null) return [];
      const { answers, texts_answered: textsAnswered, place } = row;
      const isInScope = !scope || scope.has(asked.supplierId);
      const need = { product: asked.product, answers, textsAnswered, place };
      return [leadOf(row, need, isInScope ? decisions.get(row.id) : undefined)];
    });
  }
}

const lookedAt = ({ product, from, until, onlyClosed }: PastLeadQuery): unknown[] => [
  product,
  from,
  until,
  onlyClosed,
];

const leadOf = (row: Row, need: Need, decision: DecisionRecord | undefined): PastLead => ({
  leadId: row.id,
  need,
  submittedAt: row.submitted_at,
  confirmedAt: row.confirmed_at,
  waitUntil: row.wait_until,
  digests: row.digests,
  isReceived: row.is_received,
  decision,
});

/** What stands of the consent, of those leads only of which something was taken back. */
async function narrowedScopes(tx: EntityManager, leadIds: readonly string[]): Promise<Map<string, Scope>> {
  const rows: { lead_id: string; acts: ConsentAct[] }[] = await tx.query(
    `SELECT w.lead_id, a.acts FROM unnest($1::integer[], $2::uuid[]) AS w (month, lead_id)
     CROSS JOIN LATERAL (
       SELECT jsonb_agg(content ORDER BY number) AS acts FROM consent_act
       WHERE month = w.month AND lead_id = w.lead_id HAVING bool_or(content->>'kind' = 'WITHDRAWN')) AS a`,
    [leadIds.map(monthOfId), leadIds],
  );
  return new Map(rows.map(({ lead_id, acts }) => [lead_id, scopeOf(acts)]));
}
