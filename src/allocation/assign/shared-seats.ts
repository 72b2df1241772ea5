/**
 * How many seats are left of a lead, when requests that repeat one another share them? A supplier that
 * has the person's need through one of them does not receive it through another, and one that bought it
 * for itself alone keeps it for itself. That a person ticked one supplier only binds that request, not
 * their later consent to more.
 */
import { type Seats } from "../matching";

/** A delivery of another request of the kin, to a supplier that still has the right to it. */
export interface RepeatDelivery {
  readonly supplierId: string;
  /** Of the terms by which it was taken. */
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
  /** The product's. */
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
    // A seat that was given once is not given again, though a right through kin has ended since.
    taken: Math.max(own.deliveries.length + repeats.length, ...own.deliveries.map(({ seat }) => seat)),
    suppliersServed: [...served],
  };
}
