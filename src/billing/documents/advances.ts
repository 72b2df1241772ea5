/**
 * How advances are used by invoices and refunded, oldest first. VAT is rounded once on the deposit and again
 * on the invoice; where an invoice uses up an advance completely, the difference is returned as rounding so
 * that it can be booked.
 */
import type { Split } from "../../account/ledger";

export interface Advance extends Split {
  readonly id: string;
}

export interface AdvancesTaken {
  readonly uses: readonly Advance[];
  /**
   * How much more VAT the uses hold than the deposits did; it is booked separately. Negative when they hold
   * less.
   */
  readonly roundingCents: number;
}

/** `advances` is what remains of each advance, oldest first; `total` is the amount invoiced. */
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
  // When the net is covered nothing remains to be paid, so a few cents of VAT never become a debt.
  const roundingCents = netCents === 0 ? vatCents : Math.min(0, vatCents);
  return { uses: withRounding(uses, roundingCents), roundingCents };
}

function withRounding(uses: readonly Advance[], roundingCents: number): readonly Advance[] {
  const last = uses.at(-1);
  if (!last || roundingCents === 0) return uses;
  return [...uses.slice(0, -1), { ...last, vatCents: last.vatCents + roundingCents }];
}

/** Splits a refund of `netCents` over the advances, oldest first, each with its own VAT. */
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
