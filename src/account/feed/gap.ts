/**
 * Decides how long feed events are kept and what a reader learns of deleted ones. Retention counts whole months
 * after the month of an event. Only the beginning of a feed is ever deleted, up to its floor; a reader whose cursor
 * lies below the floor gets a FEED_GAP first, so that no events go missing unnoticed.
 */
import { monthIndexOf, startOfMonth } from "../../shared/months";
import type { PlacedEntry } from "./entry";

/** How many whole months after the month of an event it is kept. A lead is erased after six. */
export const monthsKept = 7;

/** The position up to which a supplier's events were deleted. */
export interface FeedFloor {
  readonly position: number;
  /** No event at or after this time is missing. */
  readonly droppedBefore: Date;
  /** When events were last deleted. */
  readonly at: Date;
}

/** The last month whose events may be deleted. */
export const lastMonthToDrop = (now: Date): number => monthIndexOf(now) - monthsKept - 1;

/** The time from which all events are kept when all months up to `month` are deleted. */
export const keptFrom = (month: number): Date => startOfMonth(month + 1);

/**
 * Returns the position up to which these events, the oldest of a feed, may be deleted; null if none may. An event of
 * an old month that stands after one of a newer month is kept with it, so that a feed never has a hole in the middle.
 */
export function dropUpTo(
  first: readonly Pick<PlacedMonth, "position" | "month">[],
  lastMonth: number,
): number | null {
  const kept = first.findIndex(({ month }) => month > lastMonth);
  return (kept === -1 ? first : first.slice(0, kept)).at(-1)?.position ?? null;
}

export interface PlacedMonth {
  readonly position: number;
  readonly month: number;
}

/** Returns the FEED_GAP that replaces the deleted events, or null when none after `after` was deleted. */
export function gapAfter(after: number, supplierId: string, floor: FeedFloor): PlacedEntry | null {
  const { position } = floor;
  if (position <= after) return null;
  const detail = { droppedBefore: floor.droppedBefore.toISOString() };
  return { supplierId, position, at: floor.at, kind: "FEED_GAP", deliveryId: null, campaignId: null, detail };
}
