/** Which open documents a payment pays, and what of a credit note was still open. Amounts are never negative. */
import type { Split } from "../../account/ledger";

export interface OpenDocument extends Split {
  readonly id: string;
}

export interface Settled {
  readonly parts: readonly OpenDocument[];
  /** VAT included: it pays no document, so it is a deposit. */
  readonly restCents: number;
}

const inclVat = ({ netCents, vatCents }: Split): number => netCents + vatCents;

/** `open` in the order in which they are paid: the one that was named, then the oldest. */
export function settle(open: readonly OpenDocument[], inclVatCents: number): Settled {
  const parts: OpenDocument[] = [];
  let restCents = inclVatCents;
  for (const document of open) {
    if (restCents === 0) break;
    const paid = Math.min(restCents, inclVat(document));
    if (paid > 0) parts.push({ id: document.id, ...partOf(document, paid) });
    restCents -= paid;
  }
  return { parts, restCents };
}

/** The same share of net and of VAT, as far as cents go; a document that is paid whole is paid exactly. */
export function partOf(document: Split, inclVatCents: number): Split {
  const whole = BigInt(inclVat(document));
  const share = (2n * BigInt(document.netCents) * BigInt(inclVatCents) + whole) / (2n * whole);
  const least = Math.max(0, inclVatCents - document.vatCents);
  const netCents = Math.max(least, Math.min(Number(share), document.netCents, inclVatCents));
  return { netCents, vatCents: inclVatCents - netCents };
}

/** What a credit note takes off what is open; what was paid of it is kept for the supplier. */
export function creditOpen(open: Split, credited: Split): { readonly open: Split; readonly paid: Split } {
  const taken = {
    netCents: Math.min(open.netCents, credited.netCents),
    vatCents: Math.min(open.vatCents, credited.vatCents),
  };
  return {
    open: taken,
    paid: {
      netCents: credited.netCents - taken.netCents,
      vatCents: credited.vatCents - taken.vatCents,
    },
  };
}
