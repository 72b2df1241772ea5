/** The result of a decision for each candidate and for the lead, as plain JSON. A replay is compared with it. */
import { type RefusalReason } from "./facts";
import { type Verdict } from "./match";
import { type Taking } from "./take";

/** One per candidate, in ranking order. Has `seat` if the candidate took the lead, otherwise `reason`. */
export interface VerdictRecord {
  readonly campaignId: string;
  readonly rank: number | null;
  readonly seat?: number;
  readonly capsReached?: readonly number[];
  readonly reason?: RefusalReason;
  readonly field?: string;
  readonly cap?: number;
  readonly liftsAt?: string;
}

export interface OutcomeRecord {
  readonly verdicts: readonly VerdictRecord[];
  readonly seats: number | null;
  readonly nextTryAt: string | null;
  readonly waiting: boolean;
}

export function outcomeOf(verdicts: readonly Verdict[], taking: Taking): OutcomeRecord {
  const taken = new Map(taking.taken.map((one) => [one.candidate.campaignId, one]));
  const refused = new Map(taking.refused.map((one) => [one.candidate.campaignId, one.refusal]));
  return {
    verdicts: verdicts.map(({ candidate: { campaignId }, rank, refusal: byMatch }) => {
      const { seat, capsReached } = taken.get(campaignId) ?? {};
      const { liftsAt, ...refusal } = byMatch ?? refused.get(campaignId) ?? {};
      return {
        campaignId,
        rank,
        ...(seat !== undefined && { seat, capsReached }),
        ...refusal,
        ...(liftsAt && { liftsAt: liftsAt.toISOString() }),
      };
    }),
    seats: taking.seats,
    nextTryAt: taking.nextTryAt?.toISOString() ?? null,
    waiting: taking.waiting,
  };
}
