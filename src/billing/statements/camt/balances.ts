/** The opening and the closing balance of a statement, out of the kinds of balances that banks write. */
import { isoDay } from "../day";
import { isTrouble, soundOr, type Reading, type Trouble } from "../reading";
import type { Balance } from "../statement";
import { currencyIn, signOf, unsignedCents } from "./amount";
import { textOf, type Node } from "./node";

interface Known {
  readonly code: string;
  readonly balance: Balance;
}

/** The best known one stands first. */
export interface Balances {
  opening: readonly Known[];
  closing: readonly Known[];
}

/** PRCD is the closing balance of the day before. A statement of several pages joins them with ITBD. */
const openings = ["OPBD", "PRCD", "ITBD"];
const closings = ["CLBD", "ITBD"];

export function takeBalance(node: Node, balances: Balances, reading: Reading): void {
  const code = textOf(node, "Tp", "CdOrPrtry", "Cd").toUpperCase();
  if (!openings.includes(code) && !closings.includes(code)) return;
  const currency = currencyIn(node);
  if (!isTrouble(currency) && currency !== "EUR") return;
  const sound = soundOr(
    [currency, unsignedCents(textOf(node, "Amt")), signOf(textOf(node, "CdtDbtInd")), dayIn(node)],
    ({ message, reason }) => reading.faults.addOfFile(`The balance ${code}: ${message}`, reason),
  );
  if (sound === null) return;
  const [, cents, sign, on] = sound;
  put(balances, { code, balance: { cents: sign * cents || 0, on } });
}

function dayIn(node: Node): string | Trouble {
  const day = textOf(node, "Dt", "Dt");
  return isoDay(day === "" ? textOf(node, "Dt", "DtTm") : day);
}

/** The first ITBD of a page is its opening balance unless it has another, and so for the last and the closing. */
function put(balances: Balances, known: Known): void {
  const { code } = known;
  if (openings.includes(code)) balances.opening = sorted([...balances.opening, known], openings);
  if (closings.includes(code)) balances.closing = sorted([known, ...balances.closing], closings);
}

const sorted = (all: readonly Known[], codes: readonly string[]): readonly Known[] =>
  all.toSorted((one, other) => codes.indexOf(one.code) - codes.indexOf(other.code)).slice(0, 2);

/** A page with a single ITBD does not say whether it begins or ends with it. */
export function bestOf({ opening, closing }: Balances): Record<"opening" | "closing", Balance | null> {
  const [begins = null, ends = null] = [opening[0]?.balance, closing[0]?.balance];
  return begins === ends ? { opening: null, closing: null } : { opening: begins, closing: ends };
}
