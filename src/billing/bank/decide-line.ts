/**
 * Decides what becomes of a line of a bank statement, from its references, its amount, its text and what is
 * already recorded. Where two records could be the same money, a person decides.
 */
import { maxTransferCents } from "../../account/ledger";
import { companyNumbersIn, documentNumbersIn } from "../statements";
import type { BookedAs, StoredLine, WaitsFor } from "./bank-line";

/** Money that is recorded and waits for its line: a transfer or a refund recorded by hand, or a Stripe payout. */
export interface Expected {
  readonly kind: "TRANSFER" | "REFUND" | "PAYOUT";
  /** For a refund, the first of its credit notes. */
  readonly id: string;
  /** The bank's reference; for a payout, its id. */
  readonly reference: string;
  /** Null for a payout. */
  readonly supplierId: string | null;
  /** Negative for a refund. */
  readonly amountCents: number;
  /** "YYYY-MM-DD" */
  readonly on: string;
}

/** An earlier line, or what stands of it, that this one may take back. */
export interface Earlier {
  readonly lineId: string;
  readonly kind: "TRANSFER" | "REFUND";
  readonly amountCents: number;
  /** Null when it is of several suppliers. */
  readonly supplierId: string | null;
  readonly reference: string;
  readonly endToEndId: string | null;
  readonly transactionId: string | null;
}

export interface LineFacts {
  readonly expected: readonly Expected[];
  readonly earlier: readonly Earlier[];
  /** Documents by number, and suppliers by SIREN, VAT number or register number, that the texts name. */
  readonly documents: ReadonlyMap<string, { readonly id: string; readonly supplierId: string }>;
  readonly suppliers: ReadonlyMap<string, readonly string[]>;
}

export type Decision =
  | { readonly kind: "EXPECTED"; readonly expected: Expected }
  /** A supplier's transfer that is not recorded yet, or a refund that came back. */
  | { readonly kind: "NEW_TRANSFER"; readonly supplierId: string; readonly documentId: string | null }
  | { readonly kind: "RECALL"; readonly earlier: Earlier }
  | { readonly kind: "BOOKED"; readonly as: BookedAs }
  | { readonly kind: "WAIT"; readonly for: WaitsFor };

export const nearDays = 5;
const dayMs = 86_400_000;

const wait = (why: WaitsFor): Decision => ({ kind: "WAIT", for: why });

export function decideLine(line: StoredLine, facts: LineFacts): Decision {
  if (line.waitsFor !== null) return wait(line.waitsFor);
  if (line.isCharge) return { kind: "BOOKED", as: line.amountCents < 0 ? "BANK_FEE" : "INCOME" };
  if (Math.abs(line.amountCents) > maxTransferCents) return wait("NOT_POSSIBLE");
  return takenBack(line, facts) ?? referenced(line, facts) ?? payoutOf(line, facts) ?? named(line, facts);
}

/** What a person may confirm the line to be: recorded money of the same amount or reference, or what it takes back. */
export function candidatesOf(line: StoredLine, { expected, earlier }: LineFacts): (Expected | Earlier)[] {
  return [
    ...expected.filter(
      (one) =>
        sameSign(one, line) &&
        (isReferenced(line, one.reference) || (isEqual(one, line) && isNear(one, line))),
    ),
    ...earlier.filter((one) => one.amountCents === -line.openCents && one.lineId !== line.id),
  ];
}

/** A refund that came back, or a transfer that the bank recalled. */
function takenBack(line: StoredLine, { earlier }: LineFacts): Decision | null {
  const opposite = earlier.filter(({ amountCents }) => amountCents === -line.amountCents);
  const [found, ...others] = opposite.filter((one) => isTakenBackBy(one, line));
  if (found && others.length === 0) {
    if (found.kind === "TRANSFER") return { kind: "RECALL", earlier: found };
    if (found.supplierId !== null)
      return { kind: "NEW_TRANSFER", supplierId: found.supplierId, documentId: null };
  }
  return found !== undefined || (line.isReversal && opposite.length > 0) ? wait("RECALL_UNCLEAR") : null;
}

const takesBackWords = /\b(?:rejet|retour|recall|rappel|annul|impay|reject|return|revers)/i;

/** The bank says so, or the line bears the names that the payment had. */
function isTakenBackBy(one: Earlier, line: StoredLine): boolean {
  const named = [
    [one.endToEndId, line.endToEndId],
    [one.transactionId, line.transactionId],
  ].some(([theirs, ours]) => theirs !== null && theirs === ours);
  const saysSo = line.isReversal || takesBackWords.test(line.remittance);
  const quoted = [one.reference, one.endToEndId].some(
    (name) => name !== null && name.length >= 6 && line.remittance.includes(name),
  );
  return named || (saysSo && (one.reference === line.reference || quoted));
}

/** Money recorded under a reference that the line bears. */
function referenced(line: StoredLine, { expected }: LineFacts): Decision | null {
  const sameReference = expected.filter((one) => sameSign(one, line) && isReferenced(line, one.reference));
  const equal = sameReference.find((one) => isEqual(one, line));
  if (equal) return { kind: "EXPECTED", expected: equal };
  return sameReference.length > 0 ? wait("DIFFERS") : null;
}

/** A payout of the same amount that Stripe announced for about the same day. */
function payoutOf(line: StoredLine, { expected }: LineFacts): Decision | null {
  if (!/stripe/i.test(`${line.remittance} ${line.counterparty}`)) return null;
  const payout = expected.find((one) => one.kind === "PAYOUT" && isEqual(one, line) && isNear(one, line));
  return payout ? { kind: "EXPECTED", expected: payout } : null;
}

/** By the supplier that the text names, unless the money seems to be recorded already. */
function named(line: StoredLine, facts: LineFacts): Decision {
  const suppliers = suppliersNamed(line, facts);
  const [supplierId] = suppliers;
  const lookalike = facts.expected.some(
    (one) =>
      one.kind !== "PAYOUT" &&
      isEqual(one, line) &&
      isNear(one, line) &&
      (suppliers.length === 0 || suppliers.includes(one.supplierId ?? "")),
  );
  if (lookalike) return wait("LOOKS_RECORDED");
  if (line.amountCents < 0) return wait("OUTGOING");
  if (suppliers.length > 1) return wait("SEVERAL_NAMED");
  if (supplierId === undefined) return wait("NOTHING_NAMED");
  return { kind: "NEW_TRANSFER", supplierId, documentId: documentNamed(line, facts) };
}

/** The suppliers of the documents that the text names; without one, those that it names by a number. */
export function suppliersNamed(
  line: Pick<StoredLine, "remittance" | "counterparty">,
  { documents, suppliers }: Pick<LineFacts, "documents" | "suppliers">,
): string[] {
  const ofDocuments = documentNumbersIn(line.remittance).flatMap((name) => documents.get(name) ?? []);
  if (ofDocuments.length > 0) return [...new Set(ofDocuments.map(({ supplierId }) => supplierId))];
  const numbers = companyNumbersIn(`${line.remittance} ${line.counterparty}`);
  return [...new Set(numbers.flatMap((number) => suppliers.get(number) ?? []))];
}

const documentNamed = ({ remittance }: StoredLine, { documents }: LineFacts): string | null =>
  documentNumbersIn(remittance).flatMap((name) => documents.get(name) ?? [])[0]?.id ?? null;

/** A refund's reference is often the one that we gave the transfer, which banks repeat as its end-to-end id. */
const isReferenced = (line: StoredLine, reference: string): boolean =>
  [line.reference, line.endToEndId, line.transactionId].includes(reference);

const isEqual = (one: Expected, line: StoredLine): boolean => one.amountCents === line.amountCents;

const sameSign = (one: Expected, line: StoredLine): boolean =>
  Math.sign(one.amountCents) === Math.sign(line.amountCents);

const isNear = ({ on }: Expected, { bookedOn }: StoredLine): boolean =>
  Math.abs(Date.parse(on) - Date.parse(bookedOn)) <= nearDays * dayMs;
