/** What did the bank keep of a payment? Records 05 state the original amount (MMO) and the fee (FEE). */
import { centsOf } from "../money";
import { isTrouble } from "../reading";
import type { Movement } from "../statement";

export interface Difference {
  /** Signed cents. */
  readonly charge: number;
  readonly problem: Movement["problem"];
}

const none: Difference = { charge: 0, problem: null };

/** An original amount in another currency explains nothing, and hides nothing. */
export function differenceOf(
  bookedCents: number,
  original: string | undefined,
  fee: string | undefined,
): Difference {
  const originalCents = eurosIn(original);
  if (originalCents === null || originalCents === Math.abs(bookedCents)) return none;
  const charge = 0 - (eurosIn(fee) ?? 0);
  const gross = bookedCents < 0 ? 0 - originalCents : originalCents;
  return gross + charge === bookedCents
    ? { charge, problem: null }
    : { charge: 0, problem: "UNEXPLAINED_DIFFERENCE" };
}

/** A currency (3), the number of decimals (1) and the digits of an amount (14); null for anything else. */
function eurosIn(text: string | undefined): number | null {
  const [, decimals, digits = ""] = /^EUR(\d)(\d{1,14})/.exec(text ?? "") ?? [];
  if (decimals === undefined) return null;
  const padded = digits.padStart(Number(decimals) + 1, "0");
  const point = padded.length - Number(decimals);
  const cents = centsOf(padded.slice(0, point), padded.slice(point));
  return isTrouble(cents) ? null : cents;
}
