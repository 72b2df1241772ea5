/**
 * Which number may be shown for a count of people that a supplier does not know? 0 below five people, and
 * multiples of five above, so that one more person is visible only at a step. What this does not protect
 * against is in docs/decisions/0024.
 */
export const minPeople = 5;
const step = 5;

export interface Group {
  /** Distinct people actually counted: never scaled up from a sample. */
  readonly people: number;
  /** What is counted: these people or their requests. Never less than `people`. */
  readonly count: number;
}

/** 0 means "none, or too few to show". */
export const disclosableCount = ({ people, count }: Group): number =>
  people < minPeople ? 0 : Math.floor(count / step) * step;
