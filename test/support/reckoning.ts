/**
 * Counts after the crashes: everything that was acknowledged must exist, and nothing twice. It reads as the database
 * owner, so row-level security does not apply.
 */
import type { Integrator, Life } from "./tireless";
import { paidCents, priceCents } from "./tireless";
import type { Owner, Row } from "./rows";

export interface Reckoning {
  readonly acknowledged: number;
  /** What was acknowledged but is missing. */
  readonly lost: readonly string[];
  /** What exists more than once. */
  readonly doubled: readonly string[];
}

/** Considers only the leads of these requests. */
export async function reckonLives(
  owner: Owner,
  lives: readonly Life[],
  suppliers: number,
): Promise<Reckoning> {
  const references = lives.map(({ reference }) => reference);
  const deliveries = await owner.rows(
    `SELECT l.reference, d.id, d.supplier_id, d.revoked_at,
       (SELECT count(*)::int FROM posting p WHERE p.cause_id = d.id::text AND p.kind = 'CHARGE') AS charges,
       (SELECT count(*)::int FROM outcome o WHERE o.delivery_id = d.id) AS outcomes,
       (SELECT count(*)::int FROM feed_event f WHERE f.delivery_id = d.id AND f.kind = 'LEAD_MATCHED') AS matched,
       (SELECT count(*)::int FROM feed_event f WHERE f.delivery_id = d.id AND f.kind = 'LEAD_REVOKED') AS revoked
     FROM lead l LEFT JOIN delivery d ON d.lead_id = l.id WHERE l.reference = ANY ($1)`,
    [references],
  );
  const ofLife = (life: Life): Row[] => deliveries.filter(({ reference }) => reference === life.reference);
  return {
    acknowledged: lives.length,
    lost: lives.flatMap((life) => lostOf(life, ofLife(life), suppliers)),
    doubled: [
      ...(new Set(references).size < references.length
        ? ["two idempotency keys got the same reference"]
        : []),
      ...lives.flatMap((life) => doubledOf(life, ofLife(life))),
    ],
  };
}

function lostOf(life: Life, rows: readonly Row[], suppliers: number): string[] {
  const { reference } = life;
  if (rows.length === 0) return [`the request ${reference}`];
  const delivered = rows.filter(({ id }) => id !== null);
  const lost: string[] = [];
  if (!life.hasty && delivered.length < suppliers) lost.push(`a delivery of ${reference}`);
  for (const row of delivered) {
    if (row.matched < 1) lost.push(`the event of a delivery of ${reference}`);
    if (row.charges < 1) lost.push(`a charge of ${reference}`);
    if (life.reported !== null && row.outcomes < 1) lost.push(`an outcome of ${reference}`);
    if (life.withdrawn && (row.revoked_at === null || row.revoked < 1))
      lost.push(`a withdrawal of ${reference}`);
  }
  return lost;
}

function doubledOf({ reference }: Life, rows: readonly Row[]): string[] {
  const delivered = rows.filter(({ id }) => id !== null);
  const suppliers = new Set(delivered.map(({ supplier_id }) => supplier_id));
  const doubled = suppliers.size < delivered.length ? [`a delivery of ${reference}`] : [];
  for (const row of delivered) {
    for (const what of ["charges", "outcomes", "matched", "revoked"]) {
      if (row[what] > 1) doubled.push(`${what} of ${reference}`);
    }
  }
  return doubled;
}

/** Checks the whole database and what each integrator stored; empty when everything holds. */
export async function reckonBooks(
  owner: Owner,
  integrators: readonly Integrator[],
  keys: number,
): Promise<string[]> {
  const problems: string[] = [];
  const [counted] = await owner.rows("SELECT count(*)::int AS leads FROM lead");
  if (counted?.["leads"] !== keys)
    problems.push(`${counted?.["leads"]} requests were stored under ${keys} keys`);
  const unbalanced = await owner.rows(
    "SELECT lead_id FROM lead_need GROUP BY lead_id HAVING count(*) > 1 UNION SELECT id FROM lead WHERE seats_taken > seats",
  );
  if (unbalanced.length > 0) problems.push("a lead has more deliveries than seats, or two needs");
  for (const integrator of integrators) problems.push(...(await reckonSupplier(owner, integrator)));
  return problems;
}

async function reckonSupplier(owner: Owner, { garage, events, doubled }: Integrator): Promise<string[]> {
  const problems: string[] = [];
  const feed = await owner.rows(
    "SELECT position::int, kind, delivery_id FROM feed_event WHERE supplier_id = $1 ORDER BY position",
    [garage.id],
  );
  if (feed.some(({ position }, index) => position !== index + 1)) problems.push("the feed has a gap");
  const kinds: Record<string, string> = {
    LeadMatched: "LEAD_MATCHED",
    LeadRevoked: "LEAD_REVOKED",
    LeadUpdated: "LEAD_UPDATED",
  };
  const stored = events.map(({ __typename, leadId }) => `${kinds[__typename] ?? __typename} ${leadId}`);
  const committed = feed.map(({ kind, delivery_id }) => `${kind} ${delivery_id}`);
  if (JSON.stringify(stored) !== JSON.stringify(committed)) {
    problems.push(
      `the client stored ${stored.length} events, the feed has ${committed.length}, or in another order`,
    );
  }
  if (doubled > 0) problems.push(`${doubled} events came twice`);
  const [position] = await owner.rows(
    "SELECT max(position)::int AS position FROM feed_position WHERE supplier_id = $1",
    [garage.id],
  );
  if ((position?.["position"] ?? 0) !== feed.length) problems.push("an acknowledgement was lost");
  return [...problems, ...(await reckonMoney(owner, garage.id))];
}

async function reckonMoney(owner: Owner, supplierId: string): Promise<string[]> {
  const [money] = await owner.rows(
    `SELECT a.balance_cents::int AS balance, a.last_posting::int AS last, count(p.*)::int AS postings,
       (SELECT count(*)::int FROM delivery d WHERE d.supplier_id = $1) AS deliveries,
       sum(CASE p.kind WHEN 'BANK_TRANSFER' THEN p.amount_cents WHEN 'CREDIT' THEN p.amount_cents WHEN 'CHARGE' THEN -p.amount_cents ELSE 0 END)::int AS summed,
       count(*) FILTER (WHERE p.kind = 'CHARGE')::int AS charges
     FROM supplier_account a JOIN posting p USING (supplier_id) WHERE a.supplier_id = $1 GROUP BY a.supplier_id`,
    [supplierId],
  );
  const { balance, last, postings, deliveries, summed, charges } = money ?? {};
  const problems: string[] = [];
  if (balance !== summed) problems.push(`the balance is ${balance}, the postings sum to ${summed}`);
  if (balance !== paidCents - deliveries * priceCents)
    problems.push(`${deliveries} deliveries leave ${balance}`);
  if (charges !== deliveries) problems.push(`${deliveries} deliveries, ${charges} charges`);
  if (last !== postings) problems.push("the numbers of the postings have a gap");
  return problems;
}
