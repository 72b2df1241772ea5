import { idFrom } from "../shared/months";
import { randomBytes, randomUUID } from "./random";

/** The id of a row that grows for ever: random, and it carries the month of `at` (shared/months.ts). */
export const newMonthlyId = (at: Date): string => idFrom(at, randomBytes(16));

/** The id of anything else. */
export const newId = (): string => randomUUID();

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What a person can read out on the phone: 60 random bits, no I, L, O or U. */
export function newReference(): string {
  const text = Array.from(randomBytes(12), (byte) => letters[byte % 32]).join("");
  return `CA-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
