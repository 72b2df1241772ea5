/**
 * How is a return decided? Reasons that our records can confirm or refute are decided at once; staff decide the others
 * before a deadline. The policy in force when the lead was delivered applies. The credit is posted elsewhere.
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
export type ReturnStatus = "PENDING" | "ACCEPTED" | "REJECTED" | "WITHDRAWN";

/** An earlier return of the same lead. */
export interface EarlierReturn {
  readonly reason: ReturnReason;
  readonly status: ReturnStatus;
}

/** Of one lead, in all: enough for every mistake, and few enough that a program cannot keep our staff busy. */
export const mostReturnsOfLead = 5;

export interface ReturnPolicy {
  /** Applies to leads delivered from this instant on. */
  readonly since: string;
  /** How long after delivery a lead can be returned. Longer than the 30 days over which the law allows calls. */
  readonly windowDays: number;
  /** How long staff have to decide. After that the return is accepted. */
  readonly decideWithinDays: number;
  /** The largest percentage of a month's leads that may be returned for reasons that staff decide. */
  readonly sharePercent: number;
  /** This many such returns are always allowed, however few leads the month had. */
  readonly alwaysPossible: number;
}

/** Newest first. Policies are added and never changed, because a lead keeps the policy of its delivery date. */
const policies: readonly ReturnPolicy[] = [
  { since: "2000-01-01T00:00:00Z", windowDays: 45, decideWithinDays: 7, sharePercent: 20, alwaysPossible: 3 },
];

export function policyAt(at: Date): ReturnPolicy {
  const policy = policies.find(({ since }) => new Date(since) <= at);
  if (!policy) throw new Error(`No return policy applies on ${at.toISOString()}.`);
  return policy;
}

export const dayMs = 86_400_000;

/** What our records say about the lead, read in the transaction that decides. */
export interface Evidence {
  readonly matchedAt: Date;
  readonly credited: boolean;
  readonly earlier: readonly EarlierReturn[];
  /** Whether the person confirmed the number with a code sent to it; null when the supplier was given no number. */
  readonly numberProven: boolean | null;
  /** Whether the supplier had received the same person for the same product within its campaign's duplicate window. */
  readonly duplicate: boolean;
  /**
   * Whether the place lies in the campaign's zones; null when unknown, because the request was erased or because a zone
   * needs the sealed position.
   */
  readonly inZone: boolean | null;
  readonly withdrawnAt: Date | null;
  /** Whether the supplier had read the lead before consent was withdrawn; null when unknown. */
  readonly readBefore: boolean | null;
  /** The supplier's leads delivered in the same month. */
  readonly receivedInMonth: number;
  /** Returns of those leads for reasons that staff decide, without rejected and withdrawn ones. */
  readonly subjectiveInMonth: number;
}

/** The ground of a decision. explanations.ts has the text for each. */
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
  | "WITHDRAWN_BY_SUPPLIER"
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
  const refusal = isForfeited(reason, evidence.earlier) ? "RETURNED_BEFORE" : refusalOf(evidence, at, policy);
  if (refusal !== null) return { kind: "REFUSE", refusal };
  const found = findings[reason](evidence);
  if (found !== null) return { kind: "DECIDE", ...found };
  if (isShareReached(evidence, policy)) return { kind: "REFUSE", refusal: "SHARE_REACHED" };
  return { kind: "ASK", decideBy: new Date(at.getTime() + policy.decideWithinDays * dayMs) };
}

/**
 * One return at a time, and none after it was accepted. A rejected reason cannot be given again, but another one can.
 * A withdrawn return counts only towards the number of returns.
 */
function isForfeited(reason: ReturnReason, earlier: readonly EarlierReturn[]): boolean {
  if (earlier.length >= mostReturnsOfLead) return true;
  return earlier.some(
    ({ reason: before, status }) =>
      status === "PENDING" || status === "ACCEPTED" || (status === "REJECTED" && before === reason),
  );
}

function refusalOf(evidence: Evidence, at: Date, { windowDays }: ReturnPolicy): ReturnRefusal | null {
  if (evidence.credited) return "CREDITED_BEFORE";
  return at.getTime() > evidence.matchedAt.getTime() + windowDays * dayMs ? "TOO_LATE" : null;
}

interface Found {
  readonly accepted: boolean;
  readonly finding: Finding;
}
const accept = (finding: Finding): Found => ({ accepted: true, finding });
const reject = (finding: Finding): Found => ({ accepted: false, finding });

/** The decision that our records allow for each reason; null when staff must decide. */
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

/** Counts the requested return as well. */
function isShareReached(
  { receivedInMonth, subjectiveInMonth }: Evidence,
  { sharePercent, alwaysPossible }: ReturnPolicy,
): boolean {
  const most = Math.max(alwaysPossible, Math.floor((receivedInMonth * sharePercent) / 100));
  return subjectiveInMonth + 1 > most;
}
