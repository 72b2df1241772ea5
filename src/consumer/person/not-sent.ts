/**
 * Explains why a supplier that was ticked has not received the request, as far as the person may know. The person's
 * place or answer is named only if it is the sole obstacle. All other reasons give the same answer, because whoever
 * holds the link must not learn the supplier's balance, its caps, which suppliers were first, or that it received
 * another request of the same person. What the supplier requires instead is not revealed either, because anybody
 * could send requests to find out.
 */
import type { DecisionRecord, RefusalReason } from "../../allocation/matching";

export type NotSentReason = "PLACE" | "ANSWER" | "CIRCUMSTANCES";

export interface NotSent {
  readonly reason: NotSentReason;
  /** For ANSWER, the field of the form. */
  readonly field: string | null;
}

const byPlace: readonly RefusalReason[] = ["OUTSIDE_ZONES", "IN_EXCLUDED_ZONE", "PLACE_NOT_PRECISE"];
const circumstances: NotSent = { reason: "CIRCUMSTANCES", field: null };

/** Returns null when the supplier received the request or no decision has been made yet. */
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
