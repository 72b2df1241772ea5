/**
 * Reads the past requests of a product that may be counted: confirmed in the period, not erased, and with
 * consent to at least one supplier left. Each page has a transaction of its own, so that a long period
 * neither holds a connection nor fills the memory. Contacts and exact positions stay sealed.
 */
import type { EntityManager } from "typeorm";
import type { DecisionBook } from "../assign";
import { consentScopeOf, type ConsentAct, type ConsentScope } from "../../people/consent";
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
  /** Digests of the person's contacts. */
  readonly digests: readonly string[];
  /** Whether the asking supplier received it, through any campaign and whatever became of it. */
  readonly isReceived: boolean;
  /** The last decision, if it was requested and the person has not withdrawn consent to the supplier since. */
  readonly decision: DecisionRecord | undefined;
}

export interface PastLeadQuery extends Period {
  readonly supplierId: string;
  readonly product: string;
  /** Only requests closed in the period, with their last decision: one that still waits is not missed yet. */
  readonly onlyClosed: boolean;
}

interface Row {
  id: string;
  submitted_at: Date;
  /** With microseconds, which a Date cannot hold. */
  submitted: string;
  confirmed_at: Date;
  wait_until: Date;
  answers: Need["answers"];
  texts_answered: string[];
  /** null if it was erased between two queries. */
  place: Need["place"] | null;
  digests: string[];
  is_received: boolean;
}

export interface PageLimits {
  readonly pageSize: number;
  readonly readAtMost: number;
}
const usual: PageLimits = { pageSize: 500, readAtMost: 10_000 };

const looked = `l.product_id = $1 AND l.submitted_at >= $2 AND l.submitted_at < $3 AND l.confirmed_at < $3
  AND l.erased_at IS NULL AND l.close_reason IS DISTINCT FROM 'WITHDRAWN' AND (NOT $4::boolean OR l.closed_at < $3)`;

/** Chooses the leads before joining. Joining first would read the whole past for every page. */
const chosen = (which: string): string => `
  WITH l AS MATERIALIZED (
    SELECT l.month, l.id, l.submitted_at, l.confirmed_at, l.wait_until FROM lead_request l WHERE ${looked} AND ${which})
  SELECT l.id, l.submitted_at, l.submitted_at::text AS submitted, l.confirmed_at, l.wait_until,
    n.answers, n.texts_answered, n.place,
    ARRAY(SELECT encode(i.digest, 'hex') FROM lead_contact_digest i WHERE i.month = l.month AND i.lead_id = l.id) AS digests,
    EXISTS (SELECT FROM delivered_lead d WHERE d.month = l.month AND d.lead_id = l.id AND d.supplier_id = $5) AS is_received
  FROM l LEFT JOIN lead_answers n ON n.month = l.month AND n.lead_id = l.id ORDER BY l.submitted_at, l.id`;

const oneOfThem = chosen("l.month = $6 AND l.id = $7");
const pageOf = (sampledOneIn: number, { pageSize }: PageLimits): string =>
  chosen(`${sampledOneIn === 1 ? "true" : `(hashtext(l.id::text)::bigint & 2147483647) % ${String(sampledOneIn)} = 0`}
    AND ($6::timestamptz IS NULL OR (l.submitted_at, l.id) > ($6, $7::uuid))
    ORDER BY l.submitted_at, l.id LIMIT ${String(pageSize)}`);

export class PastLeads {
  constructor(
    private readonly transact: Transact,
    private readonly decisions: DecisionBook,
    private readonly reading = usual,
  ) {}

  /** 1, unless there are too many requests to read. Then only one in this many is read. */
  async sampledOneIn(asked: PastLeadQuery): Promise<number> {
    const rows: { count: string }[] = await this.transact({ role: "worker" }, (tx) =>
      tx.query(`SELECT count(*) FROM lead_request l WHERE ${looked}`, lookedAt(asked)),
    );
    return Math.max(1, Math.ceil(integerOf(rows[0]?.count) / this.reading.readAtMost));
  }

  /** In order of submission. A sample always contains the same leads, chosen by their ids. */
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

  /** One of these requests, or null if it is not (or no longer) one of them. */
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

/** The remaining scope of consent, only for leads with a withdrawal. */
async function narrowedScopes(
  tx: EntityManager,
  leadIds: readonly string[],
): Promise<Map<string, ConsentScope>> {
  const rows: { lead_id: string; acts: ConsentAct[] }[] = await tx.query(
    `SELECT w.lead_id, a.acts FROM unnest($1::integer[], $2::uuid[]) AS w (month, lead_id)
     CROSS JOIN LATERAL (
       SELECT jsonb_agg(content ORDER BY number) AS acts FROM recorded_consent
       WHERE month = w.month AND lead_id = w.lead_id HAVING bool_or(content->>'kind' = 'WITHDRAWN')) AS a`,
    [leadIds.map(monthOfId), leadIds],
  );
  return new Map(rows.map(({ lead_id, acts }) => [lead_id, consentScopeOf(acts)]));
}
