/**
 * Allocates a payment to open documents, and splits a credit note into its open and its paid part. Amounts
 * are never negative.
 */
import type { Split } from "../../account/ledger";

export interface OpenDocument extends Split {
  readonly id: string;
}

export interface Settled {
  readonly parts: readonly OpenDocument[];
  /** Including VAT: what is left after all documents are settled, which becomes a deposit. */
  readonly restCents: number;
}

const inclVat = ({ netCents, vatCents }: Split): number => netCents + vatCents;

/** `open` lists documents in the order of settlement: the one named by the payer, then the oldest. */
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

/**
 * Splits a partial payment between net and VAT in proportion, rounded to cents. Paying in full settles both
 * exactly.
 */
export function partOf(document: Split, inclVatCents: number): Split {
  const whole = BigInt(inclVat(document));
  const share = (2n * BigInt(document.netCents) * BigInt(inclVatCents) + whole) / (2n * whole);
  const least = Math.max(0, inclVatCents - document.vatCents);
  const netCents = Math.max(least, Math.min(Number(share), document.netCents, inclVatCents));
  return { netCents, vatCents: inclVatCents - netCents };
}

/**
 * Splits a credit note into what reduces the open amount and what had been paid, which is kept for the
 * supplier.
 */
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
