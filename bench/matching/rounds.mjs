/**
 * Gives the same leads to all engines in turns, so that disturbances of the machine affect all of them. Each
 * call is timed alone. A round gives a median and a 99th percentile, and the result is the median of the
 * rounds.
 */
import { heldBytes } from "./memory.mjs";
import { median, quantile, spreadOf } from "./statistics.mjs";

const largestSpread = 1.4;
const mostAttempts = 3;

/** The engines with their leads, prepared in each engine's own form. */
export async function inRounds(asked, rounds) {
  const slow = asked.filter(({ engine }) => engine.isMeasuredOnce);
  const others = asked.filter(({ engine }) => !engine.isMeasuredOnce);
  for (const one of others) await askAll(one);
  let best = await attemptOf(asked, rounds);
  for (let attempt = 2; attempt <= mostAttempts && worstOf(best, others) > largestSpread; attempt++) {
    // If a baseline varies much between rounds, all engines that can be are measured again.
    const again = await attemptOf(others, rounds);
    if (worstOf(again, others) < worstOf(best, others))
      best = new Map([...again, ...slow.map((one) => [one, best.get(one)])]);
  }
  return asked.map((one) => best.get(one));
}

const worstOf = (figures, asked) => Math.max(...asked.map((one) => figures.get(one).spread));

async function attemptOf(asked, rounds) {
  const measured = new Map(asked.map((one) => [one, { p50: [], p99: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const [one, { p50, p99 }] of measured) {
      // Collect garbage of the previous engine before measuring the next one.
      heldBytes();
      const times = await askAll(one);
      p50.push(median(times));
      p99.push(quantile(times, 0.99));
    }
  }
  return new Map(
    [...measured].map(([one, { p50, p99 }]) => [
      one,
      { p50Ms: median(p50), p99Ms: median(p99), spread: spreadOf(p50) },
    ]),
  );
}

const askAll = ({ engine, questions }) =>
  engine.isAsync ? askInTurn(engine, questions) : askAtOnce(engine, questions);

function askAtOnce(engine, questions) {
  const times = new Float64Array(questions.length);
  for (const [index, question] of questions.entries()) {
    const begun = performance.now();
    engine.ask(question);
    times[index] = performance.now() - begun;
  }
  return times;
}

async function askInTurn(engine, questions) {
  const times = new Float64Array(questions.length);
  for (const [index, question] of questions.entries()) {
    const begun = performance.now();
    await engine.ask(question);
    times[index] = performance.now() - begun;
  }
  return times;
}
