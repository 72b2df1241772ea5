/** Checks the values of one line of a bank statement, in whatever format they were written. */
import { invalid, type AppError } from "../../shared/errors";
import { checkTogether } from "../../shared/faults";

export interface StatementLine {
  /** The bank's reference, which identifies the line permanently. */
  readonly reference: string;
  /** "YYYY-MM-DD" */
  readonly bookedOn: string;
  /** Positive for incoming money, negative for outgoing money. */
  readonly amountCents: number;
  readonly remittance: string;
  readonly counterparty: string;
}

/** Where a line stands in the file, in words and as a number from 1. */
export interface Place {
  readonly word: "line" | "entry";
  readonly line: number;
}

export const faultAt = ({ word, line }: Place, message: string, reason = "MALFORMED"): AppError =>
  invalid(`${word} ${String(line)}: ${message}`, { reason, field: "content", line });

export type Written = Record<"reference" | "bookedOn" | "amount" | "remittance" | "counterparty", string>;

const longest = 140;

export function lineOf(written: Written, place: Place): StatementLine {
  const [reference, bookedOn, amountCents] = checkTogether<[string, string, number]>(
    () => referenceIn(written.reference, place),
    () => dayIn(written.bookedOn, place),
    () => centsIn(written.amount, place),
  );
  const [remittance, counterparty] = [oneLine(written.remittance), oneLine(written.counterparty)];
  return { reference, bookedOn, amountCents, remittance, counterparty };
}

function referenceIn(text: string, place: Place): string {
  if (text !== "" && text.length <= longest) return text;
  const reason = text === "" ? "REQUIRED" : "TOO_LONG";
  throw faultAt(
    place,
    `the bank's reference is ${text === "" ? "missing" : "longer than 140 characters"}.`,
    reason,
  );
}

function dayIn(text: string, place: Place): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text)) return text;
  throw faultAt(place, "the day is not written YYYY-MM-DD.");
}

// 30 February matches the shape.
const isRealDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

function centsIn(text: string, place: Place): number {
  if (!/^-?\d{1,12}(\.\d{1,2})?$/.test(text))
    throw faultAt(place, "the amount is not one in euros and cents.");
  const [euros = "0", cents = ""] = text.replace("-", "").split(".");
  const size = Number(euros) * 100 + Number(cents.padEnd(2, "0"));
  if (size === 0) throw faultAt(place, "the amount is 0.", "OUT_OF_RANGE");
  return text.startsWith("-") ? -size : size;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 500);
