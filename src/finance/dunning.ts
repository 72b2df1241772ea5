/**
 * What follows when an invoice is not paid: a reminder on the day after, another after two weeks, and after a month
 * the account is suspended. From the first day on the law adds 40 € and interest (C. com. L.441-10, D.441-5).
 */
export type DunningLevel = 1 | 2 | 3;

export interface Overdue {
  readonly openCents: number;
  readonly daysLate: number;
  readonly penaltyBasisPoints: number;
}

const daysOf: Readonly<Record<DunningLevel, number>> = { 1: 1, 2: 15, 3: 30 };
export const indemnityCents = 4_000;
const wholeBasisPoints = 10_000;
const daysOfYear = 365;

/** Null: it is not late. */
export function levelOf(daysLate: number): DunningLevel | null {
  if (daysLate >= daysOf[3]) return 3;
  if (daysLate >= daysOf[2]) return 2;
  return daysLate >= daysOf[1] ? 1 : null;
}

/** For the days so far, half a cent rounded up. It is said, and booked once it is paid. */
export const interestCents = ({ openCents, daysLate, penaltyBasisPoints }: Overdue): number =>
  Number(
    (2n * BigInt(openCents) * BigInt(penaltyBasisPoints) * BigInt(daysLate) +
      BigInt(wholeBasisPoints * daysOfYear)) /
      BigInt(2 * wholeBasisPoints * daysOfYear),
  );
