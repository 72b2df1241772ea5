/** The state of a lead after an attempt: closed, or waiting for which suppliers and until when. */
import { leadState, type LeadRow } from "../../people/leads";
import type { Taking } from "../matching";

/** Only the shape of the row, without the entity. */
type Lead = Pick<LeadRow, keyof LeadRow>;

export interface AttemptFacts {
  readonly lead: Lead;
  readonly taking: Taking;
  readonly consented: readonly string[];
  /** The suppliers that had received this request before the attempt. */
  readonly received: readonly string[];
  /** By the database's clock: the attempt saw everything that had opened by then. */
  readonly triedAt: Date;
  readonly at: Date;
}

export function leadAfterAttempt({ lead, taking, consented, received, triedAt, at }: AttemptFacts): Lead {
  const takers = taking.taken.map(({ candidate }) => candidate.supplierId);
  // A supplier that has the person through a repeat request is waited for like any other. Otherwise the
  // person would learn of the other request.
  const served = new Set([...received, ...takers]);
  const tried = {
    ...lead,
    triedAt,
    // The seats left by repeat requests may change until somebody takes one here.
    seats: takers.length > 0 ? taking.seats : lead.seats,
    seatsTaken: lead.seatsTaken + takers.length,
  };
  const waitingFor = consented.filter((supplierId) => !served.has(supplierId));
  const isFull = tried.seats !== null && tried.seatsTaken >= tried.seats;
  if (waitingFor.length === 0 || isFull) return leadState.closed(tried, "SEATS_FILLED", at);
  const { nextTryAt } = taking;
  return leadState.waiting(tried, {
    for: waitingFor,
    nextTryAt: nextTryAt !== null && nextTryAt < lead.waitUntil ? nextTryAt : lead.waitUntil,
  });
}
