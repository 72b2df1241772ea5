/** Validates the form of a quality review. Scores are given by people and never computed. */
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
      `reason must have 1 to ${String(longestReason)} characters. The supplier reads it, so do not name a person.`,
    );
  }
  return { score, reason: said };
}
