/**
 * Does a campaign run at this instant? A pause may have an end, after which the campaign runs again without
 * any write. Opening hours are schedule.ts.
 */
import { type CampaignStatus } from "./terms";

export interface StatusWithPause {
  readonly status: CampaignStatus;
  /** The end of a pause that ends by itself. The campaign runs from this instant on. */
  readonly pausedUntil: Date | null;
}

/** A pause whose end has passed counts as ACTIVE. */
export function statusAt({ status, pausedUntil }: StatusWithPause, at: Date): StatusWithPause {
  const isOver = status === "PAUSED" && pausedUntil !== null && pausedUntil <= at;
  return isOver ? { status: "ACTIVE", pausedUntil: null } : { status, pausedUntil };
}
