/**
 * Whether a statement continues what is known of its account. `base` is what the account held before all lines
 * that are stored for it: with them, it must give the newest closing balance.
 */
import type { Balance } from "../statements";

export interface KnownChain {
  /** The closing balance of the newest statement. */
  readonly closing: Balance;
  readonly baseCents: number;
  /** Gaps that were accepted with a reason and are not filled yet: the days between two statements. */
  readonly gaps: readonly { readonly after: string; readonly before: string }[];
}

export interface Link {
  readonly baseCents: number;
  /** What is missing between the statements, in cents; 0 if nothing is. */
  readonly gapCents: number;
}

export interface Balances {
  readonly opening: Balance;
  readonly closing: Balance;
}

/** Sums of the account's lines. */
export interface LineSums {
  /** Those stored before this statement. */
  readonly storedCents: number;
  /** Those of this statement that were not known. */
  readonly newCents: number;
}

export function linkOf(
  known: KnownChain | null,
  statement: Balances,
  { storedCents, newCents }: LineSums,
): Link {
  if (known === null) return { baseCents: statement.closing.cents - storedCents - newCents, gapCents: 0 };
  if (statement.closing.on < known.closing.on) return olderLink(known, statement, newCents);
  const expected = known.baseCents + storedCents + newCents;
  const gapCents = statement.closing.cents - expected;
  return { baseCents: known.baseCents + gapCents, gapCents };
}

/** New lines of an older statement are right only where a gap was accepted: they fill it. */
function olderLink({ baseCents, gaps }: KnownChain, { opening, closing }: Balances, newCents: number): Link {
  const fills = gaps.some(({ after, before }) => opening.on >= after && closing.on <= before);
  return { baseCents: baseCents - newCents, gapCents: fills ? 0 : -newCents };
}
