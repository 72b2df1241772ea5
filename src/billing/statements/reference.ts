/**
 * By which reference is a movement known? Banks fill the field even if they have nothing to say (NONREF,
 * NOTPROVIDED, zeros). Such a word names no movement, so it counts as missing, and the next reference is taken. When
 * there is none, a hash of what the movement says stands in, so that a second import finds the same reference.
 */
import { oneLine } from "./text";
import { trouble, type Reading, type Trouble } from "./reading";
import type { Movement } from "./statement";

const mostCharacters = 140;
const placeholder =
  /^(?:NON? ?-?REF(?:ERENCE)?\.?|NOT ?PROVIDED|NOT ?APPLICABLE|NON ?(?:COMMUNIQUEE?|FOURNIE?)|SANS ?REF(?:ERENCE)?|NEANT|NONE|N\/?A|UNKNOWN|NULL|[0 .*/_-]+)$/i;

/** Whether the word stands for "no reference". */
export const isPlaceholder = (reference: string): boolean => placeholder.test(reference.trim());

/** The text as a reference, or null when it is none. */
export function referenceIn(text: string | null | undefined): string | null {
  const line = oneLine(text ?? "", mostCharacters + 1);
  return line === "" || isPlaceholder(line) ? null : line;
}

/** An identifier that others gave, or null when it is none. */
export const idIn = (text: string | null | undefined): string | null =>
  referenceIn(text)?.slice(0, mostCharacters) ?? null;

/** Begins the references that are a hash. */
export const hashPrefix = "HASH-";

type Said = Pick<Movement, "bookedOn" | "amountCents" | "endToEndId" | "remittance" | "counterparty">;

/** The first reference that is one, or else a hash of the movement. */
export function referenceOf(
  given: readonly (string | null | undefined)[],
  said: Said,
  reading: Reading,
): string | Trouble {
  for (const text of given) {
    const reference = referenceIn(text);
    if (reference !== null)
      return reference.length > mostCharacters
        ? trouble("the bank's reference is longer than 140 characters.", "TOO_LONG")
        : reference;
  }
  const { bookedOn, amountCents, endToEndId, remittance, counterparty } = said;
  const parts = [bookedOn, String(amountCents), endToEndId ?? "", remittance, counterparty];
  return hashPrefix + reading.digest(parts.join("\n")).slice(0, 32);
}
