/**
 * Why has a supplier that was ticked not received the request, as far as the person may be told? Their own place
 * or answer is named where that is all that stands against it. Everything else is one answer: what a supplier
 * can pay, how full it is, who was first, and whether it knows the person from another request (which would tell
 * of that request) are not for whoever holds the link. Nor is what the supplier asks for instead: anybody may
 * send a request to find out.
 */
import type { DecisionRecord, RefusalReason } from "../../allocation/matching";

export type NotSentReason = "PLACE" | "ANSWER" | "CIRCUMSTANCES";

export interface NotSent {
  readonly reason: NotSentReason;
  /** Of ANSWER: which one. */
  readonly field: string | null;
}

const byPlace: readonly RefusalReason[] = ["OUTSIDE_ZONES", "IN_EXCLUDED_ZONE", "PLACE_NOT_PRECISE"];
const circumstances: NotSent = { reason: "CIRCUMSTANCES", field: null };

/** null if it has it, or nothing was decided about it yet. */
export function notSentOf(last: DecisionRecord | undefined, supplierId: string): NotSent | null {
  if (!last?.scope.includes(supplierId)) return null;
  const own = new Set(
    last.candidates.filter((one) => one.supplierId === supplierId).map(({ campaignId }) => campaignId),
  );
  const verdicts = last.outcome.verdicts.filter(({ campaignId }) => own.has(campaignId));
  if (verdicts.some(({ seat }) => seat !== undefined)) return null;
  const isOwn = verdicts.every(({ reason = "SEATS_TAKEN" }) =>
    [...byPlace, "CRITERION_NOT_MET"].includes(reason),
  );
  if (verdicts.length === 0 || !isOwn) return circumstances;
  const answer = verdicts.find(({ reason }) => reason === "CRITERION_NOT_MET");
  return answer ? { reason: "ANSWER", field: answer.field ?? null } : { reason: "PLACE", field: null };
}
