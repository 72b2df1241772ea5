/**
 * How many seats are left of a lead, given that repeat requests share their seats? A supplier that received
 * one of the requests does not receive another, and one that bought a request exclusively keeps it exclusive.
 * That a person ticked only one supplier binds that request alone, not their later consent to more.
 */
import { type Seats } from "../matching";

/** A delivery of another of the requests to a supplier that still has the right to it. */
export interface RepeatDelivery {
  readonly supplierId: string;
  /** As in the terms under which it was taken. */
  readonly maxSeats: number | null;
}

export interface OwnSeats {
  /** What the first taker fixed; null until there is one. */
  readonly seats: number | null;
  readonly deliveries: readonly { readonly supplierId: string; readonly seat: number }[];
}

export interface Sharing {
  readonly own: OwnSeats;
  readonly repeats: readonly RepeatDelivery[];
  /** The product's number of seats. */
  readonly limit: number;
  readonly consented: readonly string[];
}

export function sharedSeats({ own, repeats, limit: ofProduct, consented }: Sharing): Seats {
  const served = new Set([...own.deliveries, ...repeats].map(({ supplierId }) => supplierId));
  const limit = Math.min(ofProduct, ...repeats.map(({ maxSeats }) => maxSeats ?? ofProduct));
  const reachable = new Set([...served, ...consented]).size;
  return {
    limit,
    fixed: own.seats ?? (repeats.length > 0 ? Math.min(limit, reachable) : null),
    // A seat number that was given once is not given again, even if rights through other requests have ended
    // since.
    taken: Math.max(own.deliveries.length + repeats.length, ...own.deliveries.map(({ seat }) => seat)),
    suppliersServed: [...served],
  };
}
