/** Reads, locks and writes leads and their needs. Every change of state (lead-state.ts) starts with a lock from here. */
import type { EntityManager } from "typeorm";
import { preparedStatement } from "../../platform/prepared-statement";
import { monthOfId } from "../../shared/months";
import { erased } from "./lead-state";
import { LeadEntity } from "./lead.entity";
import { LeadNeedEntity } from "./lead-need.entity";

const lockWithRoots = preparedStatement<LeadEntity>(
  "lead.lock",
  `SELECT l.month, l.id, l.reference, l.product_id AS "productId", l.state, l.close_reason AS "closeReason",
     l.submitted_at AS "submittedAt", l.confirmed_at AS "confirmedAt", l.wait_until AS "waitUntil",
     l.next_try_at AS "nextTryAt", l.tried_at AS "triedAt", l.waiting_for::text[] AS "waitingFor",
     l.joined_lead_id AS "joinedLeadId", l.seats, l.seats_taken AS "seatsTaken", l.closed_at AS "closedAt",
     l.erased_at AS "erasedAt"
   FROM (
     SELECT held.month, held.id FROM (
       SELECT month, id FROM unnest($1::integer[], $2::uuid[]) AS wanted (month, id)
       UNION SELECT month_of_id(repeated.root), repeated.root FROM unnest($1::integer[], $2::uuid[]) AS wanted (month, id) CROSS JOIN LATERAL (
         SELECT joined_lead_id AS root FROM lead WHERE month = wanted.month AND id = wanted.id LIMIT 1
       ) AS repeated WHERE repeated.root IS NOT NULL
     ) AS held CROSS JOIN LATERAL (
       SELECT joined_lead_id AS root FROM lead WHERE month = held.month AND id = held.id LIMIT 1
     ) AS repeated ORDER BY repeated.root IS NOT NULL, held.id
   ) AS held CROSS JOIN LATERAL (
     SELECT month, id, reference, product_id, state, close_reason, submitted_at, confirmed_at, wait_until,
       next_try_at, tried_at, waiting_for, joined_lead_id, seats, seats_taken, closed_at, erased_at
     FROM lead WHERE month = held.month AND id = held.id FOR UPDATE
   ) AS l`,
);

const readNeeds = preparedStatement<LeadNeedEntity>(
  "lead.needs",
  `SELECT n.month, n.lead_id AS "leadId", n.product_id AS "productId", n.form_version AS "formVersion",
     n.submitted_at AS "submittedAt", n.answers, n.texts_answered AS "textsAnswered", n.place
   FROM unnest($1::integer[], $2::uuid[]) AS wanted (month, id)
   CROSS JOIN LATERAL (
     SELECT month, lead_id, product_id, form_version, submitted_at, answers, texts_answered, place
     FROM lead_need WHERE month = wanted.month AND lead_id = wanted.id LIMIT 1
   ) AS n`,
);

export interface SubmittedRequest {
  readonly reference: string;
  readonly submittedAt: Date;
}

export interface InventedRequest {
  readonly reference: string;
  readonly supplierId: string;
}

/** Writes all columns of a lead that can change. */
const write = preparedStatement(
  "lead.save",
  `UPDATE lead AS l SET state = w.state, close_reason = w.close_reason, confirmed_at = w.confirmed_at,
     wait_until = w.wait_until, next_try_at = w.next_try_at, tried_at = w.tried_at,
     waiting_for = w.waiting_for::uuid[], joined_lead_id = w.joined_lead_id, seats = w.seats,
     seats_taken = w.seats_taken, closed_at = w.closed_at, erased_at = w.erased_at
   FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
       $7::timestamptz[], $8::timestamptz[], $9::text[], $10::uuid[], $11::smallint[], $12::smallint[],
       $13::timestamptz[], $14::timestamptz[])
     AS w (month, id, state, close_reason, confirmed_at, wait_until, next_try_at, tried_at, waiting_for,
       joined_lead_id, seats, seats_taken, closed_at, erased_at)
   WHERE l.month = ANY (ARRAY[w.month]) AND l.id = ANY (ARRAY[w.id])`,
);

export class LeadBook {
  /** Returns confirmed requests that are not erased, oldest first. */
  async submittedBefore(tx: EntityManager, before: Date, limit: number): Promise<SubmittedRequest[]> {
    return tx.query(
      `SELECT reference, submitted_at AS "submittedAt" FROM lead
       WHERE confirmed_at IS NOT NULL AND erased_at IS NULL AND submitted_at < $1
       ORDER BY submitted_at LIMIT $2`,
      [before, limit],
    );
  }

  /** Returns invented requests of sandboxes that are not erased, oldest first, with the sandbox's supplier. */
  async inventedBefore(tx: EntityManager, before: Date, limit: number): Promise<InventedRequest[]> {
    return tx.query(
      `SELECT reference, sandbox_supplier_id AS "supplierId" FROM lead
       WHERE sandbox_supplier_id IS NOT NULL AND erased_at IS NULL AND submitted_at < $1
       ORDER BY submitted_at LIMIT $2`,
      [before, limit],
    );
  }

  /** Locks a lead. The lock order is: lead, supplier accounts by id, caps. */
  async lock(tx: EntityManager, leadId: string): Promise<LeadEntity | null> {
    return tx.findOne(LeadEntity, {
      where: { month: monthOfId(leadId), id: leadId },
      lock: { mode: "pessimistic_write" },
    });
  }

  /**
   * Locks these leads and the roots of their repeat requests: first those that joined none, by id, then the
   * others, by id. The order is the same everywhere, so no two transactions can deadlock. Which lead a lead
   * joined is written only once, at its confirmation, so it may be read before the locks. Leads that do not
   * exist are missing from the result.
   */
  async lockWithRoots(
    tx: EntityManager,
    leadIds: readonly string[],
  ): Promise<ReadonlyMap<string, LeadEntity>> {
    const rows = await lockWithRoots(tx, [leadIds.map(monthOfId), leadIds]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async lockByReference(tx: EntityManager, reference: string): Promise<LeadEntity | null> {
    return tx.findOne(LeadEntity, { where: { reference }, lock: { mode: "pessimistic_write" } });
  }

  async byId(tx: EntityManager, leadId: string): Promise<LeadEntity | null> {
    return tx.findOneBy(LeadEntity, { month: monthOfId(leadId), id: leadId });
  }

  async byReference(tx: EntityManager, reference: string): Promise<LeadEntity | null> {
    return tx.findOneBy(LeadEntity, { reference });
  }

  /** Returns needs by lead id, without erased leads. */
  async needs(tx: EntityManager, leadIds: readonly string[]): Promise<ReadonlyMap<string, LeadNeedEntity>> {
    const rows = await readNeeds(tx, [leadIds.map(monthOfId), leadIds]);
    return new Map(rows.map((row) => [row.leadId, row]));
  }

  /** Returns null after erasure. */
  async need(tx: EntityManager, leadId: string): Promise<LeadNeedEntity | null> {
    return (await this.needs(tx, [leadId])).get(leadId) ?? null;
  }

  async insert(tx: EntityManager, lead: LeadEntity, need: LeadNeedEntity): Promise<void> {
    await tx.insert(LeadEntity, lead);
    await tx.insert(LeadNeedEntity, need);
  }

  /** Deletes the need and marks the lead as erased. The row of the lead stays on record. */
  async forget(tx: EntityManager, lead: LeadEntity, at: Date): Promise<void> {
    await tx.delete(LeadNeedEntity, { month: lead.month, leadId: lead.id });
    await this.save(tx, [erased(lead, at)]);
  }

  /** The caller holds the lock of each lead. */
  async save(tx: EntityManager, leads: readonly LeadEntity[]): Promise<void> {
    if (leads.length > 0) await write(tx, columnsOf(leads));
  }
}

const columnsOf = (leads: readonly LeadEntity[]): unknown[] => [
  leads.map(({ month }) => month),
  leads.map(({ id }) => id),
  leads.map(({ state }) => state),
  leads.map(({ closeReason }) => closeReason),
  leads.map(({ confirmedAt }) => confirmedAt),
  leads.map(({ waitUntil }) => waitUntil),
  leads.map(({ nextTryAt }) => nextTryAt),
  leads.map(({ triedAt }) => triedAt),
  // Passed as text, because PostgreSQL arrays of arrays must be rectangular.
  leads.map(({ waitingFor }) => `{${waitingFor.join()}}`),
  leads.map(({ joinedLeadId }) => joinedLeadId),
  leads.map(({ seats }) => seats),
  leads.map(({ seatsTaken }) => seatsTaken),
  leads.map(({ closedAt }) => closedAt),
  leads.map(({ erasedAt }) => erasedAt),
];
