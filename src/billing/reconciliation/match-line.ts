/** Decides what a bank statement line matches, by its reference, its amount and its text. */
import type { StatementLine } from "./statement-line";

export interface Known {
  /** Transfers recorded by hand, by the bank's reference. */
  readonly transfers: ReadonlyMap<string, { readonly id: string; readonly amountCents: number }>;
  /** Stripe payouts that are not matched with a line yet. */
  readonly payouts: readonly {
    readonly id: string;
    readonly amountCents: number;
    readonly arrivesOn: string;
  }[];
  /** Balances refunded by transfer, by the bank's reference; negative, because the money went out. */
  readonly refunds: ReadonlyMap<string, { readonly id: string; readonly amountCents: number }>;
  /** Documents by number, and suppliers by SIREN, that the text of the line names. */
  readonly documents: ReadonlyMap<string, { readonly id: string; readonly supplierId: string }>;
  readonly suppliers: ReadonlyMap<string, string>;
}

export type Match =
  | { readonly kind: "TRANSFER" | "PAYOUT" | "REFUND"; readonly id: string }
  /** A supplier's transfer that is not recorded yet. */
  | { readonly kind: "NEW_TRANSFER"; readonly supplierId: string; readonly documentId: string | null }
  /** Recorded under the same reference with a different amount. */
  | { readonly kind: "DIFFERS"; readonly id: string; readonly byCents: number }
  | { readonly kind: "NONE" };

export const documentNames = /\b[FAD]\d{4}-\d{6}\b/g;
export const sirens = /\b\d{3} ?\d{3} ?\d{3}\b/g;
const payoutDays = 5;
const dayMs = 86_400_000;

export function matchLine(line: StatementLine, known: Known): Match {
  if (line.amountCents < 0) return byReference(known.refunds.get(line.reference), "REFUND", line.amountCents);
  const recorded = byReference(known.transfers.get(line.reference), "TRANSFER", line.amountCents);
  if (recorded.kind !== "NONE") return recorded;
  const payout = payoutOf(line, known);
  return payout ? { kind: "PAYOUT", id: payout.id } : bySupplier(line, known);
}

function byReference(
  found: { readonly id: string; readonly amountCents: number } | undefined,
  kind: "TRANSFER" | "REFUND",
  amountCents: number,
): Match {
  if (!found) return { kind: "NONE" };
  const byCents = amountCents - found.amountCents;
  return byCents === 0 ? { kind, id: found.id } : { kind: "DIFFERS", id: found.id, byCents };
}

/** A payout of the same amount that Stripe announced for about the same day. */
const payoutOf = (line: StatementLine, { payouts }: Known): Known["payouts"][0] | undefined =>
  /stripe/i.test(`${line.remittance} ${line.counterparty}`)
    ? payouts.find(
        ({ amountCents, arrivesOn }) =>
          amountCents === line.amountCents &&
          Math.abs(Date.parse(arrivesOn) - Date.parse(line.bookedOn)) <= payoutDays * dayMs,
      )
    : undefined;

/**
 * Identifies the supplier by the documents named in the text, or by SIREN, unless they point to different
 * suppliers.
 */
function bySupplier({ remittance, counterparty }: StatementLine, { documents, suppliers }: Known): Match {
  const named = (remittance.toUpperCase().match(documentNames) ?? []).flatMap(
    (name) => documents.get(name) ?? [],
  );
  const [document] = named;
  if (document && named.every(({ supplierId }) => supplierId === document.supplierId)) {
    return { kind: "NEW_TRANSFER", supplierId: document.supplierId, documentId: document.id };
  }
  const found = (`${remittance} ${counterparty}`.match(sirens) ?? []).flatMap(
    (siren) => suppliers.get(siren.replaceAll(" ", "")) ?? [],
  );
  const [supplierId] = found;
  const isOnly = supplierId !== undefined && found.every((one) => one === supplierId);
  return isOnly ? { kind: "NEW_TRANSFER", supplierId, documentId: null } : { kind: "NONE" };
}
