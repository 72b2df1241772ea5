/**
 * Is it worth waiting for this candidate? Some refusals end with time (a schedule, a cap), some by an action
 * (money arrives, a campaign is edited or resumed), and some never. A pause with an end can end either way.
 * How long the person is ready to wait is not considered here.
 */
import { type Candidate, type Refusal, type RefusalReason } from "./facts";

export interface Seating {
  seats: number | null;
  seatsTaken: number;
  readonly served: Set<string>;
}

export interface RefusedCandidate {
  readonly candidate: Candidate;
  readonly refusal: Refusal;
}

/** Somebody connecting is like money arriving: the campaign itself does not change. */
type Lifting = "BY_TIME_OR_MONEY" | "BY_AN_EDIT" | "NEVER";

const lifting: Readonly<Record<RefusalReason, Lifting>> = {
  OUTSIDE_SCHEDULE: "BY_TIME_OR_MONEY",
  RECEIVED_RECENTLY: "BY_TIME_OR_MONEY",
  NOBODY_CONNECTED: "BY_TIME_OR_MONEY",
  CAP_REACHED: "BY_TIME_OR_MONEY",
  BALANCE_TOO_LOW: "BY_TIME_OR_MONEY",
  CAMPAIGN_NOT_ACTIVE: "BY_AN_EDIT",
  CAMPAIGN_CHANGED: "BY_AN_EDIT",
  OUTSIDE_ZONES: "BY_AN_EDIT",
  IN_EXCLUDED_ZONE: "BY_AN_EDIT",
  PLACE_NOT_PRECISE: "BY_AN_EDIT",
  CRITERION_NOT_MET: "BY_AN_EDIT",
  NOT_CONSENTED: "NEVER",
  OWN_CUSTOMER: "NEVER",
  OTHER_PRODUCT: "NEVER",
  TOO_OLD: "NEVER",
  BETTER_CAMPAIGN_OF_SAME_SUPPLIER: "NEVER",
  SEATS_TAKEN: "NEVER",
  WANTS_FEWER_SEATS: "NEVER",
  ALREADY_RECEIVED: "NEVER",
};

/** Every refusal reason. */
export const refusalReasons = Object.keys(lifting) as readonly RefusalReason[];

export const isSeatLeft = ({ seats, seatsTaken }: Seating): boolean => seats === null || seatsTaken < seats;

/** Whether this candidate may still take a seat, as long as one is left. */
export function mayLift({ candidate, refusal }: RefusedCandidate, { seats, served }: Seating): boolean {
  if (served.has(candidate.supplierId) || candidate.status === "ARCHIVED") return false;
  const how = lifting[refusal.reason];
  // Neither time nor money reduces the seats to what the campaign wants.
  const wantsFewer = (candidate.terms.maxSeats ?? Infinity) < (seats ?? 0);
  return how === "BY_AN_EDIT" || (how === "BY_TIME_OR_MONEY" && !wantsFewer);
}
