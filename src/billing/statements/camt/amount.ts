/** Amounts of CAMT.053: a decimal with a currency, and a mark for money in or out. */
import { centsOf, currencyOf } from "../money";
import { isTrouble, trouble, type Trouble } from "../reading";
import { childOf, textOf, type Node } from "./node";

/** The cents without sign. ISO 20022 allows any number of decimals. */
export function unsignedCents(text: string): number | Trouble {
  const [, whole = "", decimals = ""] = /^\+?(\d*)(?:\.(\d*))?$/.exec(text.trim()) ?? [];
  return centsOf(whole, decimals);
}

/** 1 for money in, -1 for money out. */
export function signOf(mark: string): 1 | -1 | Trouble {
  if (mark === "CRDT") return 1;
  if (mark === "DBIT") return -1;
  return mark === ""
    ? trouble("CdtDbtInd is missing, so the entry is neither a credit nor a debit.", "REQUIRED")
    : trouble("CdtDbtInd is neither CRDT nor DBIT.", "UNKNOWN_VALUE");
}

/** The currency of the element's amount. */
export const currencyIn = (node: Node): string | Trouble => currencyOf(childOf(node, "Amt")?.currency ?? "");

/** The amount in euros at the end of the path; null if there is none, or if it is in another currency. */
export function eurosAt(node: Node | undefined, ...path: readonly string[]): number | Trouble | null {
  const amount = childOf(node, ...path);
  if (amount === undefined || currencyOf(amount.currency ?? "") !== "EUR") return null;
  return unsignedCents(amount.text);
}

/** What the bank kept, signed as it changes the account. Without records, the total. */
export function chargesOf(node: Node): number[] {
  const blocks = node.children.filter(({ name }) => name === "Chrgs");
  // Version 2 repeats Chrgs itself; later versions have records in it.
  const records = blocks.flatMap((block) => {
    const inside = block.children.filter(({ name }) => name === "Rcrd");
    return inside.length > 0 ? inside : [block];
  });
  return records.map(chargeOf).filter((cents) => cents !== 0);
}

function chargeOf(record: Node): number {
  const cents = eurosAt(record, "Amt") ?? eurosAt(record, "TtlChrgsAndTaxAmt") ?? 0;
  // A charge only explains a difference. One that cannot be read explains nothing.
  if (isTrouble(cents)) return 0;
  return textOf(record, "CdtDbtInd") === "CRDT" ? cents : 0 - cents;
}
