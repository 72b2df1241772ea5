/**
 * Events are kept until whole months have passed since the month they belong to. What was dropped is always the
 * beginning of a feed, up to its floor; a reader who comes from below the floor is told first, instead of being
 * shown a feed with a silent hole.
 */
import { monthIndexOf, startOfMonth } from "../../shared/months";
import type { PlacedEntry } from "./entry";

/** How many whole months pass after the month of an event before it goes. A lead is erased after six. */
export const monthsKept = 7;

/** Up to where a supplier's events were dropped. */
export interface FeedFloor {
  readonly position: number;
  /** No event from this instant on is missing. */
  readonly droppedBefore: Date;
  /** When they were dropped last. */
  readonly at: Date;
}

/** The last month whose events may go. */
export const lastMonthToDrop = (now: Date): number => monthIndexOf(now) - monthsKept - 1;

/** The first instant of which everything is kept when all months up to `month` are dropped. */
export const keptFrom = (month: number): Date => startOfMonth(month + 1);

/**
 * The position up to which these events, the first that are there, may go; null if none may. An event of an old
 * month that was placed behind one of a newer month waits for it: nothing is ever missing from the middle.
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

/** The notice that stands where the dropped events stood, or null if none is missing after `after`. */
export function gapAfter(after: number, supplierId: string, floor: FeedFloor): PlacedEntry | null {
  const { position } = floor;
  if (position <= after) return null;
  const detail = { droppedBefore: floor.droppedBefore.toISOString() };
  return { supplierId, position, at: floor.at, kind: "FEED_GAP", deliveryId: null, campaignId: null, detail };
}
