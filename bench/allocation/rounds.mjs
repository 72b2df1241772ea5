/**
 * Runs every variant once per round, one after the other, so that disturbances of the machine affect all of
 * them. If a baseline varies much between rounds, everything is measured again, at most twice.
 */
import { spreadOf } from "../matching/statistics.mjs";

const largestSpread = 1.4;
const mostAttempts = 2;

/** The rates of each variant, one per round. */
export async function inRounds(ways, { rounds, baselines, say }) {
  // A warm-up round for compiling, caching and first reads, which is not counted.
  for (const ask of Object.values(ways)) await ask();
  let best = null;
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const rates = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const [name, ask] of Object.entries(ways)) rates[name].push(await ask());
      say(
        `round ${round}: ${Object.entries(rates)
          .map(([name, all]) => `${name} ${Math.round(all.at(-1))}`)
          .join(", ")}`,
      );
    }
    const worst = Math.max(...baselines.map((name) => spreadOf(rates[name])));
    if (!best || worst < best.worst) best = { rates, worst };
    if (best.worst <= largestSpread) break;
    say(`a baseline's rounds spread ${worst.toFixed(2)} times`);
  }
  return best.rates;
}
