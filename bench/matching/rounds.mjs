/**
 * The same leads to every engine, in turns, so that whatever else the machine does meets all of them. Each call
 * is timed alone; a round gives a median and a p99, and of the rounds the median is taken.
 */
import { heldBytes } from "./memory.mjs";
import { median, quantile, spreadOf } from "./statistics.mjs";

const largestSpread = 1.4;
const mostAttempts = 3;

/** Engines with the leads that they are asked, in their own words. */
export async function inRounds(asked, rounds) {
  const slow = asked.filter(({ engine }) => engine.isMeasuredOnce);
  const others = asked.filter(({ engine }) => !engine.isMeasuredOnce);
  for (const one of others) await askAll(one);
  let best = await attemptOf(asked, rounds);
  for (let attempt = 2; attempt <= mostAttempts && worstOf(best, others) > largestSpread; attempt++) {
    // A baseline that runs unevenly says little: all that can be is measured again.
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
      // What another engine left behind is not collected in this one's time.
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
