/**
 * Does a campaign run at this instant? A pause may have an end: the campaign then runs again by the clock
 * alone, without anybody having to write it down. Its opening hours are schedule.ts.
 */
import { type CampaignStatus } from "./terms";

export interface Standing {
  readonly status: CampaignStatus;
  /** Of a pause that ends by itself; the campaign runs from this instant on. */
  readonly pausedUntil: Date | null;
}

/** A pause whose end has come is none. */
export function standingAt({ status, pausedUntil }: Standing, at: Date): Standing {
  const isOver = status === "PAUSED" && pausedUntil !== null && pausedUntil <= at;
  return isOver ? { status: "ACTIVE", pausedUntil: null } : { status, pausedUntil };
}
