/**
 * Whether an endpoint is believed to work. While its circuit is open nothing is sent; when its wait is over, one
 * event is, as a probe. Only a delivery closes it again.
 */
import type { Progress } from "./endpoint";

export const circuits = ["CLOSED", "OPEN", "HALF_OPEN"] as const;
export type Circuit = (typeof circuits)[number];

/** So many failures in a row, whatever the event. */
export const opensAfter = 5;

export function circuitOf(
  { failures, nextTryAt }: Pick<Progress, "failures" | "nextTryAt">,
  at: Date,
): Circuit {
  if (failures < opensAfter) return "CLOSED";
  return at < nextTryAt ? "OPEN" : "HALF_OPEN";
}
