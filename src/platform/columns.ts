/** bigint arrives from PostgreSQL as text; counters and cents stay far below 2^53, or it is an error. */
export const bigint = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => {
    if (value === null) return null;
    const number = Number(value);
    if (!Number.isSafeInteger(number))
      throw new Error("A bigint column holds more than can be counted exactly.");
    return number;
  },
};
