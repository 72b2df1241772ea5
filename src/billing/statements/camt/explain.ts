/**
 * How do the transactions of an entry make up its amount? Banks state an amount before or after their charges, in
 * one of several elements, so the choice that adds up is the right one. What does not add up is not guessed.
 */

export interface Part {
  /** The amounts that the transaction states, by the element they stand in; signed cents. */
  readonly amounts: Readonly<Partial<Record<AmountKind, number>>>;
  /** Signed cents. */
  readonly charges: readonly number[];
}

/** In the order in which they are believed. */
export const amountKinds = ["Amt", "TxAmt", "InstdAmt", "CntrValAmt"] as const;
export type AmountKind = (typeof amountKinds)[number];

export interface Explained {
  /** The amount of each part, in order. */
  readonly amounts: readonly number[];
  /** For each part what the bank kept of it; null: of the entry as a whole. */
  readonly charges: readonly { readonly part: number | null; readonly cents: number }[];
}

interface Split {
  readonly gross: number;
  readonly charge: number;
}

/** Null when the parts and the charges do not add up to the total. */
export function explain(
  total: number,
  parts: readonly Part[],
  entryCharges: readonly number[],
): Explained | null {
  const only = parts.length === 1 ? total : undefined;
  const kinds = amountKinds.filter((kind) => parts.some(({ amounts }) => amounts[kind] !== undefined));
  const usable: readonly (AmountKind | null)[] = kinds.length > 0 ? kinds : [null];
  for (const kind of usable) {
    const splits = parts.map((part) => splitOf(part, kind, { only, entryCharges }));
    if (splits.some((split) => split === null)) continue;
    const found = adding(total, splits as Split[], { parts, entryCharges });
    if (found) return found;
  }
  return null;
}

interface Surroundings {
  /** The amount of the entry, if this is its only part. */
  readonly only: number | undefined;
  readonly entryCharges: readonly number[];
}

/** What was paid before charges, if the charges explain the difference of two stated amounts. */
function splitOf(part: Part, kind: AmountKind | null, around: Surroundings): Split | null {
  const chosen = kind === null ? undefined : part.amounts[kind];
  // So it is for nearly all transactions of a batch.
  if (chosen !== undefined && around.only === undefined && part.charges.length === 0)
    return { gross: chosen, charge: 0 };
  const stated = amountKinds.map((one) => part.amounts[one]).filter((cents) => cents !== undefined);
  const charge = sumOf(chargesOn(part, around));
  const nets = [...stated, around.only];
  const gross = charge === 0 ? undefined : stated.find((cents) => nets.includes(cents + charge));
  if (gross !== undefined) return { gross, charge };
  const [amount] = [chosen, ...stated, around.only].filter((cents) => cents !== undefined);
  return amount === undefined ? null : { gross: amount, charge: 0 };
}

/** The charges of an entry are those of its only part, unless that has its own. */
const chargesOn = ({ charges }: Part, { only, entryCharges }: Surroundings): readonly number[] =>
  only !== undefined && charges.length === 0 ? entryCharges : charges;

interface Given {
  readonly parts: readonly Part[];
  readonly entryCharges: readonly number[];
}

/** Tries with the charges of the splits alone, then with those of the parts, of the entry, and of both. */
function adding(total: number, splits: readonly Split[], { parts, entryCharges }: Given): Explained | null {
  const sum = sumOf(splits.map(({ gross, charge }) => gross + charge));
  const own = splits.flatMap(({ charge }, part) => (charge === 0 ? [] : [{ part, cents: charge }]));
  const loose = parts.flatMap(({ charges }, part) =>
    splits[part]?.charge === 0 ? charges.map((cents) => ({ part, cents })) : [],
  );
  const ofEntry = entryCharges.map((cents) => ({ part: null, cents }));
  for (const more of [[], loose, ofEntry, [...loose, ...ofEntry]]) {
    if (sum + sumOf(more.map(({ cents }) => cents)) === total)
      return { amounts: splits.map(({ gross }) => gross), charges: [...own, ...more] };
  }
  return null;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
