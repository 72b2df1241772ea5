/** Which months may be invoiced or locked? Only those that are over in Paris. */
import { spanOfMonth } from "../../shared/accounting-month";
import { invalid } from "../../shared/errors";

/** `otherwise` says what to do instead. */
export function checkIsOver(month: string, now: Date, otherwise = ""): string {
  if (spanOfMonth(month).end <= now) return month;
  throw invalid(`month: ${month} is not over yet in Paris. ${otherwise}`.trim(), {
    reason: "OUT_OF_RANGE",
    field: "month",
  });
}
