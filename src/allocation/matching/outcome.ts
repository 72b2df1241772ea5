/** What a decision says of each candidate and of the lead, as plain JSON: what a replay is compared with. */
import { type RefusalReason } from "./facts";
import { type Verdict } from "./match";
import { type Taking } from "./take";

/** One per candidate, in the order of the ranking. `seat` if it took, else `reason`. */
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
