/**
 * Repeat requests: several requests of one person for the same need. The later ones join the first, their
 * root, and share its seats. Each keeps its own record, contact, consent and link. The connection is never
 * revealed to the person, to a form site or to a supplier.
 *
 * Two requests are the same person's if each proved a contact that also stands in the other one. So nobody
 * can suppress a stranger's request, or learn of it, by writing the stranger's number into a form.
 */
import { In, type EntityManager } from "typeorm";
import { monthOfId } from "../../shared/months";
import type { LeadBook } from "./lead-book.service";
import type { ContactKind } from "./contact";
import { LeadIndexEntity } from "./lead-secret.entity";
import { LeadNeedEntity } from "./lead-need.entity";
import { LeadEntity } from "./lead.entity";
import { sameNeed } from "./same-need";

/** The period in which a business may call about one request (D.223-9: four calls within 30 days). */
const joinWithinMs = 30 * 86_400_000;
const maxCompared = 50;

export class RepeatRequests {
  constructor(private readonly leads: LeadBook) {}

  /** Locks the root of the repeat requests first, then the lead. The lock of the root covers the whole group. */
  async lock(tx: EntityManager, leadId: string): Promise<LeadEntity | null> {
    return (await this.leads.lockWithRoots(tx, [leadId])).get(leadId) ?? null;
  }

  /** The other repeat requests, by id. */
  async others(tx: EntityManager, { id, joinedLeadId }: LeadEntity): Promise<LeadEntity[]> {
    const root = joinedLeadId ?? id;
    const group = await tx.find(LeadEntity, {
      where: [{ month: monthOfId(root), id: root }, { joinedLeadId: root }],
      order: { id: "ASC" },
    });
    return group.filter((lead) => lead.id !== id);
  }

  /** The other repeat requests, locked. Call with the root held by `lock`. */
  async lockOthers(tx: EntityManager, lead: LeadEntity): Promise<LeadEntity[]> {
    const locked: LeadEntity[] = [];
    for (const { id } of await this.others(tx, lead)) {
      const one = await this.leads.lock(tx, id);
      if (one) locked.push(one);
    }
    return locked;
  }

  /** Call when the person has just proven their contact of this kind. Writes into `lead` which request it repeats. */
  async join(tx: EntityManager, lead: LeadEntity, proven: ContactKind): Promise<void> {
    const { month, id: leadId } = lead;
    await this.lockContacts(tx, lead);
    await tx.update(LeadIndexEntity, { month, leadId, kind: proven }, { proven: true });
    const earlier = await this.ofSamePerson(tx, lead);
    const needs = await tx.findBy(LeadNeedEntity, {
      month: In([...new Set([leadId, ...earlier.map(({ id }) => id)].map(monthOfId))]),
      leadId: In([leadId, ...earlier.map(({ id }) => id)]),
    });
    const needOf = new Map(needs.map((need) => [need.leadId, need]));
    const own = needOf.get(leadId);
    const repeated = earlier.find(({ id }) => {
      const need = needOf.get(id);
      return own && need && sameNeed(own, need);
    });
    lead.joinedLeadId = repeated?.root ?? null;
  }

  /**
   * Makes the second of two concurrent confirmations of one person see the first: they share a contact, so
   * they meet at its lock. The locks are taken in one order, and only after the lock of the request and that
   * of its attempts, which nobody takes while holding these. So they cannot form a cycle.
   */
  private async lockContacts(tx: EntityManager, { month, id: leadId }: LeadEntity): Promise<void> {
    const digests = (await tx.findBy(LeadIndexEntity, { month, leadId })).map(({ digest }) => digest);
    for (const digest of digests.sort((one, other) => one.compare(other))) {
      // Locks with two numbers have a space of their own beside locks with one number.
      await tx.query("SELECT pg_advisory_xact_lock($1, $2)", [digest.readInt32BE(0), digest.readInt32BE(4)]);
    }
  }

  private async ofSamePerson(tx: EntityManager, lead: LeadEntity): Promise<{ id: string; root: string }[]> {
    const since = new Date((lead.confirmedAt ?? lead.submittedAt).getTime() - joinWithinMs);
    return tx.query(
      `SELECT l.id, coalesce(l.joined_lead_id, l.id) AS root
       FROM lead_index mine
       JOIN lead_index theirs ON theirs.digest = mine.digest AND theirs.lead_id <> mine.lead_id
       JOIN lead l ON l.month = theirs.month AND l.id = theirs.lead_id
       WHERE mine.month = $1 AND mine.lead_id = $2 AND l.product_id = $3
         AND l.confirmed_at IS NOT NULL AND l.erased_at IS NULL AND l.submitted_at > $4
       GROUP BY l.month, l.id HAVING bool_or(mine.proven) AND bool_or(theirs.proven)
       ORDER BY l.confirmed_at DESC, l.id LIMIT ${String(maxCompared)}`,
      [lead.month, lead.id, lead.productId, since],
    );
  }
}
