/** Runs one workload at one size: builds the engines, compares their answers and measures them. */
import { changeTimes } from "./change.mjs";
import { fusedEngine } from "./engine-fused.mjs";
import { loopEngine, loopName } from "./engine-loop.mjs";
import { ourEngine } from "./engine-ours.mjs";
import { ginName, postgresEngines, zoneMakeName } from "./engine-postgres.mjs";
import { rulesEngine, rulesName } from "./engine-rules.mjs";
import { heldBytes } from "./memory.mjs";
import { inRounds } from "./rounds.mjs";
import { scopedTimes } from "./scope.mjs";
import { mean } from "./statistics.mjs";

const leadsAsked = 1_000;
/** Slow engines get fewer leads, or a round would not end. */
const mostLeads = (count) => ({
  [loopName]: Math.max(2, Math.min(leadsAsked, 2_000_000 / count)),
  [rulesName]: Math.max(2, Math.min(20, 20_000 / count)),
  [zoneMakeName]: 300,
  [ginName]: 100,
});
/** Above this size, only in-memory engines are measured. */
const mostOutside = 100_000;

export async function measureLevel({ workload, count, rounds, hasRules, databaseUrl }) {
  const leads = Array.from({ length: leadsAsked }, (_, number) => workload.lead(number));
  const outside =
    count <= mostOutside && databaseUrl ? await postgresEngines(databaseUrl, workload, count) : null;
  try {
    const ours = build(ourEngine(), workload, count);
    const engines = [ours, ...baselines(workload, count, hasRules), ...(outside?.engines ?? [])];
    const asked = engines.map((engine) => askedOf(engine, leads, count));
    const matches = await compareAnswers(asked);
    const figures = await inRounds(asked, rounds);
    const scoped = scopedTimes({ engine: ours, count, leads });
    const change = changeTimes({ engine: ours, workload, count, leads });
    return {
      ...{ workload: workload.name, campaigns: count, matches, scoped, change },
      engines: asked.map(({ engine, questions }, index) => ({
        name: engine.name,
        ...figures[index],
        bytesPerCampaign: engine.bytes / count,
        buildMs: engine.buildMs,
        leads: questions.length,
      })),
    };
  } finally {
    await outside?.close();
  }
}

const baselines = (workload, count, hasRules) => [
  build(fusedEngine(count), workload, count),
  build(loopEngine(), workload, count),
  ...(hasRules && count <= mostOutside ? [build(rulesEngine(), workload, count)] : []),
];

/** Campaigns are generated one by one and released, so that the memory measured is the engine's. */
function build(engine, workload, count) {
  const before = heldBytes();
  let buildMs = 0;
  for (let number = 0; number < count; number++) {
    const campaign = workload.campaign(number);
    const begun = performance.now();
    engine.add(campaign);
    buildMs += performance.now() - begun;
  }
  return { ...engine, buildMs, bytes: heldBytes() - before };
}

function askedOf(engine, leads, count) {
  const most = mostLeads(count)[engine.name] ?? leads.length;
  return { engine, questions: leads.slice(0, most).map((lead) => engine.prepare(lead)) };
}

/** Throws unless all engines find the same campaigns for each lead. Returns the average number of matches. */
async function compareAnswers(asked) {
  const [first, ...others] = asked;
  const counts = [];
  for (const [index, question] of first.questions.entries()) {
    const expected = await answer(first.engine, question);
    counts.push(expected.length);
    for (const { engine, questions } of others) {
      if (index >= questions.length) continue;
      const found = await answer(engine, questions[index]);
      if (found.length !== expected.length || found.some((number, place) => number !== expected[place]))
        throw new Error(
          `Lead ${index}: ${engine.name} finds ${found.length}, ${first.engine.name} ${expected.length}.`,
        );
    }
  }
  return mean(counts);
}

const answer = async (engine, question) => engine.idsOf(await engine.ask(question)).sort((a, b) => a - b);
