/**
 * Loads open leads with everything that belongs to them, under the locks of the leads and the roots of their
 * repeat requests. Facts about suppliers are decision-facts.service.ts.
 */
import type { EntityManager } from "typeorm";
import { productById } from "../../reference/catalogue";
import {
  consentScopeOf,
  type ConsentRecord,
  type RecordedAct,
  type ConsentScope,
} from "../../people/consent";
import type { Contact, LeadBook, LeadNeedRow, LeadRow, LeadVault, Person } from "../../people/leads";
import type { LeadFacts } from "../matching";
import type { DecisionBook } from "./decision-book.service";
import { factsOf } from "./matching-input";
import { rootLeadOf, type RepeatRequestSeats, type SeatsTaken } from "./repeat-request-seats.service";
import type { RecordedDecision } from "./replay-result";

export interface OpenLead extends SeatsTaken {
  readonly lead: LeadRow;
  readonly root: string;
  readonly facts: LeadFacts;
  readonly contact: Contact;
  readonly acts: readonly RecordedAct[];
  readonly scope: ConsentScope;
  readonly consented: readonly string[];
  /** The product's number of seats. */
  readonly limit: number;
  /** The previous decision, if there was one. */
  readonly last: RecordedDecision | null;
}

interface Parts {
  readonly lead: LeadRow;
  readonly need: LeadNeedRow | undefined;
  readonly person: Person | undefined;
  readonly acts: readonly RecordedAct[];
}

export class OpenLeads {
  constructor(
    private readonly deps: {
      readonly leads: LeadBook;
      readonly vault: LeadVault;
      readonly consents: ConsentRecord;
      readonly repeatSeats: RepeatRequestSeats;
      readonly decisions: Pick<DecisionBook, "last">;
    },
  ) {}

  /** Locks the leads and returns those that are open, in the given order. */
  async lock(tx: EntityManager, leadIds: readonly string[]): Promise<LeadRow[]> {
    const held = await this.deps.leads.lockWithRoots(tx, leadIds);
    return leadIds.flatMap((leadId) => {
      const lead = held.get(leadId);
      return lead?.state === "OPEN" ? [lead] : [];
    });
  }

  /** Call with the leads locked. */
  async read(tx: EntityManager, leads: readonly LeadRow[]): Promise<OpenLead[]> {
    if (leads.length === 0) return [];
    const { leads: book, vault, consents, repeatSeats, decisions } = this.deps;
    const ids = leads.map(({ id }) => id);
    const [needs, people, acts, taken, last] = await Promise.all([
      book.needs(tx, ids),
      vault.peopleOf(tx, ids),
      consents.actsOf(tx, ids),
      repeatSeats.taken(tx, leads),
      decisions.last(tx, ids),
    ]);
    return leads.map((lead) => {
      const { id } = lead;
      const parts = { lead, need: needs.get(id), person: people.get(id), acts: acts.get(id) ?? [] };
      return { ...openLeadOf(parts), ...taken(lead), last: last.get(id) ?? null };
    });
  }
}

function openLeadOf({ lead, need, person, acts }: Parts): Omit<OpenLead, keyof SeatsTaken | "last"> {
  if (!need) throw new Error(`Open lead ${lead.id} has no stored need.`);
  if (!person) throw new Error(`Open lead ${lead.id} has no stored person.`);
  const scope = consentScopeOf(acts.map(({ content }) => content));
  return {
    ...{ lead, acts, scope },
    root: rootLeadOf(lead),
    facts: factsOf(need, person),
    contact: person.contact,
    consented: [...scope.keys()],
    limit: productById(need.productId)?.seats ?? 1,
  };
}
