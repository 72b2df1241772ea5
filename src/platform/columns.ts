import { integerOf } from "../shared/integer";

/** A bigint column of an entity, as a number. */
export const bigint = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : integerOf(value)),
};
