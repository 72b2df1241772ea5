/** Turns an entry (Ntry) into the movements that it is: one, or as many as it has transactions. */
import { bookingDay, isoDay } from "../day";
import type { StatementDraft } from "../draft";
import { isTrouble, trouble, type Reading, type Trouble } from "../reading";
import { oneLine } from "../text";
import type { Place } from "../statement";
import { amountsIn, detailOf, type Detail } from "./detail";
import { chargesOf, currencyIn, signOf, unsignedCents } from "./amount";
import { addMovements, type Entry } from "./movements";
import { childOf, textOf, type Node } from "./node";
import type { Holder } from "./party";

export interface EntryContext {
  readonly reading: Reading;
  readonly draft: StatementDraft;
  readonly holder: Holder;
}

interface BookedContext extends EntryContext {
  readonly place: Place;
}

/** Yields when other work of the process should have its turn. */
export function* takeEntry(
  node: Node,
  details: readonly Detail[],
  { line, ...context }: EntryContext & { readonly line: number },
): Generator<undefined, void> {
  const place: Place = { word: "entry", line, detail: null };
  const { reading, draft } = context;
  const status = statusOf(node);
  if (isTrouble(status)) reading.faults.add(place, status.message, status.reason);
  else if (status !== "BOOK") draft.skip(place, "NOT_BOOKED", status);
  else yield* takeBooked(node, details, { ...context, place });
}

const notBooked = ["PDNG", "INFO", "FUTR"];

/** BOOK also where the bank states no status: then all entries of a statement are booked. */
function statusOf(node: Node): string | Trouble {
  const status = childOf(node, "Sts");
  const text =
    [textOf(status), textOf(status, "Cd"), textOf(status, "Prtry")].find((one) => one !== "") ?? "";
  const code = text.toUpperCase();
  if (["", "BOOK", "BOOKED"].includes(code)) return "BOOK";
  if (notBooked.includes(code)) return code;
  return trouble("its status is none of BOOK, PDNG, INFO and FUTR.", "UNKNOWN_VALUE");
}

function* takeBooked(
  node: Node,
  details: readonly Detail[],
  context: BookedContext,
): Generator<undefined, void> {
  const { reading, place } = context;
  const currency = currencyIn(node);
  const cents = unsignedCents(textOf(node, "Amt"));
  if (isSkipped(currency, details.length < 2 && cents === 0, context)) return;
  const bookedOn = bookingDay(isoDay(dayTextOf(node)), reading.today);
  const sound = reading.soundAt(place, [currency, bookedOn, cents, signOf(textOf(node, "CdtDbtInd"))]);
  if (sound === null) return;
  const [, day, unsigned, sign] = sound;
  const entry = { ...factsOf(node), bookedOn: day, sign, cents: sign * unsigned };
  yield* addMovements(entry, partsOf(node, details), context);
}

function isSkipped(currency: string | Trouble, isZero: boolean, { draft, place }: BookedContext): boolean {
  const isOther = !isTrouble(currency) && currency !== "EUR";
  if (isOther) draft.skip(place, "OTHER_CURRENCY", currency);
  else if (isZero && currency === "EUR") draft.skip(place, "ZERO_AMOUNT");
  else return false;
  return true;
}

/** The value date counts only where there is no booking date. */
function dayTextOf(node: Node): string {
  const paths = [
    ["BookgDt", "Dt"],
    ["BookgDt", "DtTm"],
    ["ValDt", "Dt"],
    ["ValDt", "DtTm"],
  ];
  return paths.map((path) => textOf(node, ...path)).find((text) => text !== "") ?? "";
}

const factsOf = (node: Node): Omit<Entry, "bookedOn" | "sign" | "cents"> => ({
  bankReference: textOf(node, "AcctSvcrRef"),
  ownReference: textOf(node, "NtryRef"),
  isReversal: ["true", "1"].includes(textOf(node, "RvslInd").toLowerCase()),
  information: oneLine(textOf(node, "AddtlNtryInf")),
  charges: chargesOf(node),
});

/** An entry without transactions is a transaction itself, with what the entry says of it. */
function partsOf(node: Node, details: readonly Detail[]): readonly Detail[] {
  const [first, second] = details;
  if (first === undefined) return [{ ...detailOf(node), ...onEntry(node) }];
  if (second !== undefined) return details;
  // Amounts that only the entry states are those of its only transaction.
  return [{ ...first, amounts: { ...amountsIn(node, otherKinds).amounts, ...first.amounts } }];
}

const otherKinds = ["TxAmt", "InstdAmt", "CntrValAmt"] as const;

/** The amount of the entry is the total, and its mark the sign, so neither says anything more here. */
const onEntry = (node: Node): Pick<Detail, "mark" | "bankReference" | "amounts" | "trouble" | "charges"> => ({
  ...amountsIn(node, otherKinds),
  ...{ mark: "", bankReference: "", charges: [] },
});
