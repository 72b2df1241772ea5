/**
 * Ours and what it is compared with, in turns, so that whatever else the machine does meets all of them. Each
 * turn gives one figure; the median of the turns counts. When a baseline's own turns differ too much, they
 * say little: everything is measured again, and the evener attempt is kept.
 */
import { median, spreadOf } from "../matching/statistics.mjs";

const largestSpread = 1.4;
const mostAttempts = 3;
/** After so long a measurement is not begun again: what its spread was is said. */
const longestMs = 60_000;

/**
 * `measured`: name to a function that takes one turn; a name in `baselines` is one to compare with. Gives, by
 * name, `{ value, spread, turns }`.
 */
export async function inTurns(measured, { rounds, baselines, attempts = mostAttempts }) {
  const begun = performance.now();
  let best = await attempt(measured, rounds);
  const isUneven = () => worst(best, baselines) > largestSpread && performance.now() - begun < longestMs;
  for (let again = 1; again < attempts && isUneven(); again++) {
    const other = await attempt(measured, rounds);
    if (worst(other, baselines) < worst(best, baselines)) best = other;
  }
  return best;
}

const worst = (figures, names) => Math.max(...names.map((name) => figures[name].spread));

async function attempt(measured, rounds) {
  const turns = Object.fromEntries(Object.keys(measured).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, take] of Object.entries(measured)) turns[name].push(await take());
  return Object.fromEntries(
    Object.entries(turns).map(([name, all]) => [
      name,
      { value: median(all), spread: spreadOf(all), turns: all },
    ]),
  );
}
