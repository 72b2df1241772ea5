/**
 * What was paid in before is used up from the oldest on. The VAT of a deposit was rounded when it came, an invoice's
 * is rounded again: where an invoice uses up everything, the cents between the two are said, not lost.
 */
import type { Split } from "../../account/ledger";

export interface Advance extends Split {
  readonly id: string;
}

export interface AdvancesTaken {
  readonly uses: readonly Advance[];
  /** VAT that the uses hold more than the deposits did: to be booked apart. Negative: less. */
  readonly roundingCents: number;
}

/** `advances` are what is left of each, oldest first; `total` is what is invoiced. */
export function takeAdvances(advances: readonly Advance[], total: Split): AdvancesTaken {
  const uses: Advance[] = [];
  let { netCents, vatCents } = total;
  for (const advance of advances) {
    if (netCents === 0) break;
    const whole = advance.netCents <= netCents;
    const use = whole
      ? advance
      : { id: advance.id, netCents, vatCents: Math.min(vatCents, advance.vatCents) };
    uses.push(use);
    netCents -= use.netCents;
    vatCents -= use.vatCents;
  }
  // With no net left there is nothing to pay, and never a debt of cents of VAT.
  const roundingCents = netCents === 0 ? vatCents : Math.min(0, vatCents);
  return { uses: withRounding(uses, roundingCents), roundingCents };
}

function withRounding(uses: readonly Advance[], roundingCents: number): readonly Advance[] {
  const last = uses.at(-1);
  if (!last || roundingCents === 0) return uses;
  return [...uses.slice(0, -1), { ...last, vatCents: last.vatCents + roundingCents }];
}

/** What goes back of a net amount that was paid in: the oldest first, each with its own VAT. */
export function returnAdvances(
  advances: readonly Advance[],
  netCents: number,
  vatOfNet: VatOfNet,
): Advance[] {
  const back: Advance[] = [];
  let left = netCents;
  for (const advance of advances) {
    if (left === 0) break;
    const part = Math.min(left, advance.netCents);
    const whole = part === advance.netCents;
    const vatCents = whole ? advance.vatCents : Math.min(advance.vatCents, vatOfNet(part));
    if (part > 0) back.push({ id: advance.id, netCents: part, vatCents });
    left -= part;
  }
  return back;
}

type VatOfNet = (netCents: number) => number;
