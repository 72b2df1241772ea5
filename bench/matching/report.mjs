/** Presents the results of a run as an object, as a table and as text for bench/RESULTS.md. */
import { cpus, loadavg } from "node:os";
import { createRequire } from "node:module";
import { rounded } from "./statistics.mjs";

const require = createRequire(import.meta.url);
const ourName = "CarAtlas";
const keys = {
  "json-rules-engine": "jsonRulesEngine",
  "plain loop over objects": "plainLoop",
  "dense bitmaps, one fused AND": "fusedAnd",
  "PostgreSQL, zone × make rows": "postgresZoneMakeRows",
  "PostgreSQL, GIN on int[]": "postgresGin",
};

export const conditions = (postgres) => ({
  machine: `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, load ${loadavg()[0].toFixed(1)}`,
  node: process.version,
  postgres: postgres ?? "not measured",
  jsonRulesEngine: require("json-rules-engine/package.json").version,
  date: new Date().toISOString(),
});

/** For the last level of a run, which may have both workloads or only one. */
export function jsonOf(about, levels) {
  const campaigns = Math.max(...levels.map((level) => level.campaigns));
  const [main, selective] = levels.filter((level) => level.campaigns === campaigns);
  const { ratios, ...figures } = summary(main);
  const also = selective && summary(selective);
  return {
    ...about,
    campaigns,
    ...figures,
    ratios: { ...ratios, ...(also && { selective: also.ratios }) },
    ...(also && { selective: { engine: also.engine, baselines: also.baselines } }),
    ...(levels.length > 2 && { levels: levels.map((level) => ({ ...level, ratios: ratiosOf(level) })) }),
  };
}

function summary(level) {
  const { engines, matches, scoped, change, rebuildSeconds } = level;
  const [ours, ...others] = engines;
  return {
    engine: {
      ...figuresOf(ours),
      matches: rounded(matches),
      changeMs: rounded(change.p50Ms),
      threeSuppliersMs: rounded(scoped.p50Ms),
      rebuildSeconds,
    },
    baselines: Object.fromEntries(others.map((one) => [keys[one.name], figuresOf(one)])),
    ratios: ratiosOf(level),
  };
}

const figuresOf = ({ p50Ms, p99Ms, spread, bytesPerCampaign, buildMs, leads }) => ({
  ...{ p50Ms: rounded(p50Ms), p99Ms: rounded(p99Ms), roundSpread: rounded(spread) },
  ...{ bytesPerCampaign: Math.round(bytesPerCampaign), buildMs: Math.round(buildMs), leads },
});

export function ratiosOf({ engines, change, rebuildSeconds }) {
  const [ours] = engines;
  const named = (text) => engines.filter(({ name }) => name.startsWith(text)).map(({ p50Ms }) => p50Ms);
  const over = (times) => (times.length > 0 ? rounded(Math.min(...times) / ours.p50Ms) : null);
  return {
    vsBestPostgres: over(named("PostgreSQL")),
    vsJsonRulesEngine: over(named("json-rules-engine")),
    vsPlainLoop: over(named("plain loop")),
    vsFusedAnd: rounded(ours.p50Ms / named("dense")[0]),
    p99OverP50: rounded(ours.p99Ms / ours.p50Ms),
    bytesPerCampaign: Math.round(ours.bytesPerCampaign),
    changeMs: rounded(change.p50Ms),
    rebuildSeconds: rebuildSeconds === undefined ? null : rounded(rebuildSeconds),
  };
}

const goals = {
  vsBestPostgres: { broad: [">=", 15], selective: [">=", 8] },
  vsJsonRulesEngine: { broad: [">=", 50_000], selective: [">=", 50_000] },
  vsFusedAnd: ["<=", 2.5],
  p99OverP50: ["<=", 4],
  bytesPerCampaign: ["<=", 1_000],
  changeMs: ["<=", 1],
  rebuildSeconds: ["<=", 5],
};
const goalOf = (name, workload) => (Array.isArray(goals[name]) ? goals[name] : goals[name]?.[workload]);

function tableOf(level) {
  const lines = level.engines.map((one) => [
    one.name,
    timeText(one.p50Ms),
    timeText(one.p99Ms),
    `${one.spread.toFixed(2)} ×`,
    `${Math.round(one.bytesPerCampaign)}`,
    `${(one.buildMs / 1_000).toFixed(one.buildMs < 10_000 ? 2 : 0)} s`,
    `${one.leads}`,
  ]);
  return markdown([["engine", "p50", "p99", "spread", "bytes a campaign", "build", "leads"], ...lines]);
}

const timeText = (ms) => (ms < 1 ? `${rounded(ms * 1_000)} µs` : `${rounded(ms)} ms`);

const markdown = ([head, ...lines]) =>
  [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

function ratioTable(levels) {
  const names = Object.keys(ratiosOf(levels[0]));
  const rows = names.map((name) => [
    name,
    ...levels.map((level) => {
      const value = ratiosOf(level)[name];
      const [sign, goal] = (level.campaigns === 100_000 && goalOf(name, level.workload)) || [];
      return value === null ? "" : `${value}${goal ? ` (goal ${sign === ">=" ? "≥" : "≤"} ${goal})` : ""}`;
    }),
  ]);
  return markdown([
    ["ratio", ...levels.map(({ campaigns, workload }) => `${workload} ${campaigns}`)],
    ...rows,
  ]);
}

/** How the index's time grows from level to level of one workload. */
function growthLines(levels) {
  const [first, ...later] = levels;
  return later.map(
    ({ campaigns, engines }) =>
      `From ${first.campaigns} to ${campaigns} campaigns (${campaigns / first.campaigns} ×), ${ourName} takes ` +
      `${rounded(engines[0].p50Ms / first.engines[0].p50Ms)} × the time.`,
  );
}

export function markdownOf(about, levels) {
  const workloads = [...new Set(levels.map(({ workload }) => workload))];
  return [
    Object.entries(about)
      .map(([name, value]) => `${name}: ${value}`)
      .join(" · "),
    ...workloads.flatMap((name) => {
      const own = levels.filter(({ workload }) => workload === name);
      return [
        `### ${name === "broad" ? "Broad" : "Selective"} workload`,
        ...own.flatMap((level) => [
          `${level.campaigns} campaigns, ${rounded(level.matches)} matches a lead`,
          tableOf(level),
          `Of three suppliers named: ${timeText(level.scoped.p50Ms)} (p99 ${timeText(level.scoped.p99Ms)}).`,
        ]),
        ...growthLines(own.filter(({ campaigns }) => campaigns >= 10_000)),
        ratioTable(own),
      ];
    }),
    `The time of ${ourName} is that of \`index.matching(need, at)\`, its list of matching campaigns complete.`,
  ].join("\n\n");
}
