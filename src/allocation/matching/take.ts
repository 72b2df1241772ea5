/**
 * Of those who may have this lead, who gets it now? Goes through the ranking with the seats, caps and
 * balances read under lock, and gives everybody else a reason. The first taker fixes how many suppliers the
 * lead is sold to: fewer than the product allows if its campaign wants fewer.
 *
 * A supplier takes a lead only once, through its best campaign that can, so its balance is spent at most once
 * here and needs no running total.
 */
import { type CampaignTerms } from "../../offers/campaigns";
import { type Candidate, type Capacity, type Refusal } from "./facts";
import { eligibleOf, type Verdict } from "./match";
import { isSeatLeft, mayLift, type RefusedCandidate, type Seating } from "./waiting";

export interface Seats {
  /** The product's number of seats. */
  readonly limit: number;
  /** What the first taker fixed; null until there is one. */
  readonly fixed: number | null;
  readonly taken: number;
  readonly suppliersServed: readonly string[];
}

export interface TakeInput {
  /** The full result of `match`: a campaign refused there may still be worth waiting for. */
  readonly verdicts: readonly Verdict[];
  /** One per eligible campaign that still exists. A missing one counts as changed. */
  readonly capacities: readonly Capacity[];
  readonly seats: Seats;
  /** How many suppliers the person consented to. */
  readonly consentedSuppliers: number;
}

export interface Taken {
  readonly candidate: Candidate;
  /** 1 for the first supplier of the lead. */
  readonly seat: number;
  /** The usage of each cap including this lead, in the order of the terms. */
  readonly capsAfter: Capacity["capsUsed"];
  /** Indexes of the caps that have no room for one more lead at this price. */
  readonly capsReached: readonly number[];
}

export interface Taking {
  readonly taken: readonly Taken[];
  /** The eligible candidates that did not take the lead. */
  readonly refused: readonly RefusedCandidate[];
  /** How many suppliers the lead may go to; null while nobody has taken it. */
  readonly seats: number | null;
  /** The earliest instant at which time alone may let somebody take the lead. */
  readonly nextTryAt: Date | null;
  /** Whether a seat is left that a consented supplier may yet take. */
  readonly waiting: boolean;
}

interface Progress extends Seating {
  readonly taken: Taken[];
  readonly refused: RefusedCandidate[];
}

/**
 * Every eligible candidate either takes the lead or is refused. Never exceeds the fixed seats, a cap or a
 * balance.
 */
export function take({ verdicts, capacities, seats, consentedSuppliers }: TakeInput): Taking {
  const byCampaign = new Map(capacities.map((capacity) => [capacity.campaignId, capacity]));
  const progress: Progress = {
    taken: [],
    refused: [],
    seats: seats.fixed,
    seatsTaken: seats.taken,
    served: new Set(seats.suppliersServed),
  };
  for (const candidate of eligibleOf(verdicts)) {
    const capacity = byCampaign.get(candidate.campaignId);
    const refusal = refusalOf(candidate, capacity, progress);
    if (refusal || !capacity) {
      progress.refused.push({ candidate, refusal: refusal ?? { reason: "CAMPAIGN_CHANGED" } });
      continue;
    }
    progress.seats ??= Math.min(seats.limit, candidate.terms.maxSeats ?? seats.limit, consentedSuppliers);
    progress.seatsTaken += 1;
    progress.served.add(candidate.supplierId);
    progress.taken.push({ candidate, seat: progress.seatsTaken, ...capsWith(candidate.terms, capacity) });
  }
  const { taken, refused } = progress;
  return { taken, refused, seats: progress.seats, ...outlook(verdicts, progress) };
}

function refusalOf(candidate: Candidate, capacity: Capacity | undefined, progress: Progress): Refusal | null {
  const { supplierId, terms } = candidate;
  if (progress.taken.some((taken) => taken.candidate.supplierId === supplierId)) {
    return { reason: "BETTER_CAMPAIGN_OF_SAME_SUPPLIER" };
  }
  if (progress.served.has(supplierId)) return { reason: "ALREADY_RECEIVED" };
  if (capacity?.version !== candidate.version || capacity.status !== candidate.status) {
    return { reason: "CAMPAIGN_CHANGED" };
  }
  return seatRefusal(terms, progress) ?? capacityRefusal(terms, capacity);
}

function seatRefusal({ maxSeats }: CampaignTerms, seating: Seating): Refusal | null {
  if (!isSeatLeft(seating)) return { reason: "SEATS_TAKEN" };
  if (maxSeats === null) return null;
  return maxSeats < (seating.seats ?? 0) || maxSeats <= seating.seatsTaken
    ? { reason: "WANTS_FEWER_SEATS" }
    : null;
}

const capacityRefusal = (terms: CampaignTerms, capacity: Capacity): Refusal | null =>
  presenceRefusal(capacity) ?? capRefusal(terms, capacity) ?? balanceRefusal(terms, capacity);

/** `isConnected` is undefined when the campaign does not require a connected member. */
const presenceRefusal = ({ isConnected }: Capacity): Refusal | null =>
  isConnected === false ? { reason: "NOBODY_CONNECTED" } : null;

// Of several full caps, names the one that opens last: until then another attempt is useless.
function capRefusal(terms: CampaignTerms, capacity: Capacity): Refusal | null {
  const full = reachedCaps(terms, capacity.capsUsed);
  return full.reduce<Refusal | null>((last, cap) => {
    const liftsAt = capacity.capsUsed[cap]?.resetsAt;
    const isLater = !last?.liftsAt || (liftsAt !== undefined && liftsAt > last.liftsAt);
    return isLater ? { reason: "CAP_REACHED", cap, liftsAt } : last;
  }, null);
}

const balanceRefusal = (terms: CampaignTerms, { availableCents }: Capacity): Refusal | null =>
  availableCents < terms.pricePerLeadCents ? { reason: "BALANCE_TOO_LOW" } : null;

function capsWith(terms: CampaignTerms, { capsUsed }: Capacity): Pick<Taken, "capsAfter" | "capsReached"> {
  const capsAfter = capsUsed.map((window, index) => ({
    ...window,
    used: window.used + costIn(terms, index),
  }));
  return { capsAfter, capsReached: reachedCaps(terms, capsAfter) };
}

/** The caps that one more lead at the campaign's price would exceed. */
function reachedCaps(terms: CampaignTerms, capsUsed: Capacity["capsUsed"]): number[] {
  return terms.caps.flatMap((cap, index) => {
    const used = capsUsed[index]?.used;
    // Treating a missing cap as unused would overspend it.
    if (used === undefined) throw new Error("A capacity must have one entry per cap of its version.");
    return used + costIn(terms, index) > cap.limit ? [index] : [];
  });
}

const costIn = (terms: CampaignTerms, cap: number): number =>
  terms.caps[cap]?.unit === "SPEND_CENTS" ? terms.pricePerLeadCents : 1;

function outlook(verdicts: readonly Verdict[], progress: Progress): Pick<Taking, "nextTryAt" | "waiting"> {
  if (!isSeatLeft(progress)) return { nextTryAt: null, waiting: false };
  const refusedByMatch = verdicts.flatMap(({ candidate, refusal }) =>
    refusal ? [{ candidate, refusal }] : [],
  );
  const liftable = [...progress.refused, ...refusedByMatch].filter((refused) => mayLift(refused, progress));
  const instants = liftable.flatMap(({ refusal }) => refusal.liftsAt?.getTime() ?? []);
  return {
    nextTryAt: instants.length > 0 ? new Date(Math.min(...instants)) : null,
    waiting: liftable.length > 0,
  };
}
