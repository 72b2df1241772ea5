/** What a review must say. Whether it is just is for people to judge: no score is ever computed. */
import { invalid } from "../../shared/errors";

export interface ReviewDetails {
  readonly score: number;
  readonly reason: string;
}

const longestReason = 500;

export function checkReview({ score, reason }: ReviewDetails): ReviewDetails {
  if (!Number.isInteger(score) || score < 0 || score > 100) {
    throw invalid("score must be a whole number from 0 to 100.");
  }
  const said = reason.trim();
  if (said === "" || said.length > longestReason) {
    throw invalid(
      `reason takes 1 to ${String(longestReason)} characters. The supplier reads it; do not name a person.`,
    );
  }
  return { score, reason: said };
}
