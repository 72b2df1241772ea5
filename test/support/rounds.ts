/**
 * How long the trials are. A test run breaks or tries things a few times; `npm run soak` runs the same tests with
 * SOAK_ROUNDS rounds, and SOAK_RESULTS names a file for their counts.
 */
import { appendFileSync } from "node:fs";

const soakRounds = process.env["SOAK_ROUNDS"];

export const isSoak = soakRounds !== undefined;

/** How often something is tried or broken: `few` times in a test run. */
export const roundsOf = (few: number): number => Number(soakRounds ?? few);

/** Prints a count, and keeps it when this is a soak. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
  const file = process.env["SOAK_RESULTS"];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}
