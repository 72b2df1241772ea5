/**
 * What is left of each cap of a campaign, in the windows that contain an instant. For display only: decisions
 * use capacities.ts under the account's lock.
 */
import type { Cap } from "../../offers/campaigns";
import { windowKey, windowsOf, type CandidateTerms, type CapWindow } from "./capacities";

export interface CapState extends Cap {
  readonly used: number;
  /** Never negative, although an edit may have lowered the limit below the usage. */
  readonly left: number;
  readonly resetsAt: Date;
}

/** In the order of the terms. A window that is missing in `used` is unused. */
export function capStatesOf(
  campaign: CandidateTerms,
  at: Date,
  used: ReadonlyMap<string, number>,
): CapState[] {
  return windowsOf(campaign, at).map((window, index) => stateOf(campaign.terms.caps[index], window, used));
}

function stateOf(cap: Cap | undefined, window: CapWindow, used: ReadonlyMap<string, number>): CapState {
  if (!cap) throw new Error("There must be one window per cap.");
  const usedNow = used.get(windowKey(window)) ?? 0;
  return { ...cap, used: usedNow, left: Math.max(0, cap.limit - usedNow), resetsAt: window.end };
}
