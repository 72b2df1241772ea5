import { idFrom } from "../shared/months";
import { randomBytes, randomUUID } from "./random";

/** An id for a table partitioned by month: random, and it encodes the month of `at` (shared/months.ts). */
export const newMonthlyId = (at: Date): string => idFrom(at, randomBytes(16));

/** An id for any other table. */
export const newId = (): string => randomUUID();

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A reference that a person can read out on the phone: 60 random bits without the letters I, L, O and U. */
export function newReference(): string {
  const text = Array.from(randomBytes(12), (byte) => letters[byte % 32]).join("");
  return `CA-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
