/** Random choices for the demo. They are not reproducible, because nothing depends on them. */
import { randomBytes, randomInt } from "../platform/random";

export function pickOne<T>(items: readonly T[]): T {
  const item = items[randomInt(Math.max(items.length, 1))];
  if (item === undefined) throw new Error("The list to choose from is empty.");
  return item;
}

/** Between one and `limit` distinct elements. */
export function someOf<T>(items: readonly T[], limit: number): T[] {
  const left = [...items];
  const wanted = randomInt(1, Math.min(limit, left.length) + 1);
  return Array.from({ length: wanted }, () => left.splice(randomInt(left.length), 1)).flat();
}

export const chance = (percent: number): boolean => randomInt(100) < percent;

export const randomText = (bytes: number): string => randomBytes(bytes).toString("hex");

export const randomPassword = (): string => randomBytes(15).toString("base64url");
