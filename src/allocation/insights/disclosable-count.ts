/**
 * What may be told of a count of strangers? Nothing below five people, and above that only steps of five, so
 * that one person more or less is not seen but at a step. What this does not hold off is docs/decisions/0024.
 */
export const minPeople = 5;
const step = 5;

export interface Group {
  /** Distinct people, as they were looked at: never scaled up from a sample. */
  readonly people: number;
  /** What is counted: these people, or their requests. Never fewer than the people. */
  readonly count: number;
}

/** 0 says "none, or too few to be told". */
export const disclosableCount = ({ people, count }: Group): number =>
  people < minPeople ? 0 : Math.floor(count / step) * step;
