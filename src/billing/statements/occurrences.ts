/** Tells equal movements of one account apart, so that importing a file again finds each of them once. */
import type { Movement } from "./statement";

type Identity = Pick<Movement, "reference" | "bookedOn" | "amountCents">;

/**
 * Numbers movements of the same reference, day and amount from 1, in the order of the file. Pass all movements that
 * one file has of one account.
 */
export function withOccurrences<M extends Identity>(
  movements: readonly M[],
): (M & { readonly occurrence: number })[] {
  const counts = new Map<string, number>();
  return movements.map((movement) => {
    const key = `${movement.bookedOn} ${String(movement.amountCents)} ${movement.reference}`;
    const occurrence = (counts.get(key) ?? 0) + 1;
    counts.set(key, occurrence);
    return { ...movement, occurrence };
  });
}
