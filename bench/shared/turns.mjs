/**
 * Measures our implementation and its baselines in turns, so that other load on the machine affects all of them. Each
 * turn gives one figure, and the median of the turns counts. If the turns of a baseline differ too much, everything is
 * measured again and the attempt with the smaller spread is kept.
 */
import { median, spreadOf } from "../matching/statistics.mjs";

const largestSpread = 1.4;
const mostAttempts = 3;
/** After this time a measurement is not repeated; its spread is reported. */
const longestMs = 60_000;

/**
 * `measured` maps names to functions that take one turn; `baselines` lists the names to compare with. Returns
 * `{ value, spread, turns }` by name.
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
