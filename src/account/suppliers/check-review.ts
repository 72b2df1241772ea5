/** Validates the form of a quality review. Scores are given by people and never computed. */
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";

export interface ReviewDetails {
  readonly score: number;
  readonly reason: string;
}

const longestReason = 500;

/** Finds both faults at once. */
export const checkReview = ({ score, reason }: ReviewDetails): ReviewDetails =>
  checkAll<ReviewDetails>({
    score: () => {
      if (Number.isInteger(score) && score >= 0 && score <= 100) return score;
      throw invalid("score must be a whole number from 0 to 100.", { reason: "OUT_OF_RANGE" });
    },
    reason: () => {
      const said = reason.trim();
      if (said !== "" && said.length <= longestReason) return said;
      throw invalid(
        `reason must have 1 to ${String(longestReason)} characters. The supplier reads it, so do not name a person.`,
        { reason: said === "" ? "EMPTY" : "TOO_LONG" },
      );
    },
  });
