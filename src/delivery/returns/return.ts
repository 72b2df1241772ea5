/**
 * A lead is given back, for a reason. Some reasons are facts that we recorded, and are decided at once; the others are
 * a person's to decide, by a date. What holds is the policy of the day on which the lead was delivered.
 */
export const returnReasons = [
  "UNREACHABLE",
  "WRONG_NUMBER",
  "DUPLICATE",
  "OUTSIDE_ZONE",
  "CRITERIA_NOT_MET",
  "CONSENT_WITHDRAWN",
  "FRAUD",
] as const;
export type ReturnReason = (typeof returnReasons)[number];
export type ReturnStatus = "PENDING" | "ACCEPTED" | "REJECTED";

export interface ReturnPolicy {
  /** Of leads delivered from this instant on. */
  readonly since: string;
  /** How long after its delivery a lead can be given back: longer than the 30 days the law spreads calls over. */
  readonly windowDays: number;
  /** Until when a person decides; after that the return is accepted. */
  readonly decideWithinDays: number;
  /** Of the leads of a month, how many in a hundred may be given back for what a person has to decide. */
  readonly sharePercent: number;
  /** So many are always possible, however few leads there were. */
  readonly alwaysPossible: number;
}

/** Newest first. One is added, never changed: the terms of a lead are those of its day. */
const policies: readonly ReturnPolicy[] = [
  { since: "2000-01-01T00:00:00Z", windowDays: 45, decideWithinDays: 7, sharePercent: 20, alwaysPossible: 3 },
];

export function policyAt(at: Date): ReturnPolicy {
  const policy = policies.find(({ since }) => new Date(since) <= at);
  if (!policy) throw new Error("No policy of returns holds on this day.");
  return policy;
}

export const dayMs = 86_400_000;

/** What was recorded of the lead, as read in the transaction that decides. */
export interface Evidence {
  readonly matchedAt: Date;
  readonly credited: boolean;
  readonly requestedBefore: boolean;
  /** Whether the number was confirmed by a code sent to it; null: the supplier was given no number. */
  readonly numberProven: boolean | null;
  /** Whether the supplier had received the same person for the same product within the window of its campaign. */
  readonly duplicate: boolean;
  /** Whether the place lies in the campaign's zones; null: the request was erased, so nobody knows. */
  readonly inZone: boolean | null;
  readonly withdrawnAt: Date | null;
  /** Whether it had been read when consent was withdrawn; null: it cannot be told. */
  readonly readBefore: boolean | null;
  /** Leads of the same month, and returns of them for reasons that a person decides, rejected ones left out. */
  readonly receivedInMonth: number;
  readonly subjectiveInMonth: number;
}

/** Why it was decided as it was: words for each stand in explanations.ts. */
export type Finding =
  | "NUMBER_PROVEN"
  | "NO_NUMBER_GIVEN"
  | "DUPLICATE_FOUND"
  | "NO_DUPLICATE"
  | "IN_ZONE"
  | "NOT_IN_ZONE"
  | "WITHDRAWN_UNREAD"
  | "WITHDRAWN_AFTER_READING"
  | "NOT_WITHDRAWN"
  | "BY_A_PERSON"
  | "DEADLINE_PASSED";

export type ReturnRefusal = "TOO_LATE" | "RETURNED_BEFORE" | "CREDITED_BEFORE" | "SHARE_REACHED";

export type ReturnDecision =
  | { readonly kind: "REFUSE"; readonly refusal: ReturnRefusal }
  | { readonly kind: "DECIDE"; readonly accepted: boolean; readonly finding: Finding }
  | { readonly kind: "ASK"; readonly decideBy: Date };

export function decideReturn(
  reason: ReturnReason,
  evidence: Evidence,
  { at, policy }: { at: Date; policy: ReturnPolicy },
): ReturnDecision {
  const refusal = refusalOf(evidence, at, policy);
  if (refusal !== null) return { kind: "REFUSE", refusal };
  const found = findings[reason](evidence);
  if (found !== null) return { kind: "DECIDE", ...found };
  if (isShareReached(evidence, policy)) return { kind: "REFUSE", refusal: "SHARE_REACHED" };
  return { kind: "ASK", decideBy: new Date(at.getTime() + policy.decideWithinDays * dayMs) };
}

function refusalOf(evidence: Evidence, at: Date, { windowDays }: ReturnPolicy): ReturnRefusal | null {
  if (evidence.requestedBefore) return "RETURNED_BEFORE";
  if (evidence.credited) return "CREDITED_BEFORE";
  return at.getTime() > evidence.matchedAt.getTime() + windowDays * dayMs ? "TOO_LATE" : null;
}

interface Found {
  readonly accepted: boolean;
  readonly finding: Finding;
}
const accept = (finding: Finding): Found => ({ accepted: true, finding });
const reject = (finding: Finding): Found => ({ accepted: false, finding });

/** What the records say; null: they do not say it, a person has to. */
const findings: { readonly [R in ReturnReason]: (evidence: Evidence) => Found | null } = {
  UNREACHABLE: () => null,
  FRAUD: () => null,
  CRITERIA_NOT_MET: () => null,
  WRONG_NUMBER: ({ numberProven }) => {
    if (numberProven === null) return reject("NO_NUMBER_GIVEN");
    return numberProven ? reject("NUMBER_PROVEN") : null;
  },
  DUPLICATE: ({ duplicate }) => (duplicate ? accept("DUPLICATE_FOUND") : reject("NO_DUPLICATE")),
  OUTSIDE_ZONE: ({ inZone }) => {
    if (inZone === null) return null;
    return inZone ? reject("IN_ZONE") : accept("NOT_IN_ZONE");
  },
  CONSENT_WITHDRAWN: ({ withdrawnAt, readBefore }) => {
    if (withdrawnAt === null) return reject("NOT_WITHDRAWN");
    if (readBefore === null) return null;
    return readBefore ? reject("WITHDRAWN_AFTER_READING") : accept("WITHDRAWN_UNREAD");
  },
};

/** The one that is asked for counts already. */
function isShareReached(
  { receivedInMonth, subjectiveInMonth }: Evidence,
  { sharePercent, alwaysPossible }: ReturnPolicy,
): boolean {
  const most = Math.max(alwaysPossible, Math.floor((receivedInMonth * sharePercent) / 100));
  return subjectiveInMonth + 1 > most;
}
