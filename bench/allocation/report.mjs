/** Presents the results of a run as an object and as a table. */
import { conditions } from "../matching/report.mjs";
import { median, quantile, rounded, spreadOf } from "../matching/statistics.mjs";

const goals = { vsBareT2: 0.6, vsBareT2Batched: 1.5, rateAt1MOverEmpty: 0.85, commitRateWithSignal: 0.85 };
const ours = ["oneByOne", "oneByOneWithoutSignal", "batched", "fullOneByOne", "fullBatched"];

export function about(postgres) {
  const { machine, node, postgres: version, date } = conditions(postgres);
  return { machine, node, postgres: version, date };
}

const figuresOf = (rates) => ({
  leadsPerSecond: Math.round(median(rates)),
  roundSpread: rounded(spreadOf(rates)),
  rounds: rates.map(Math.round),
});

export function jsonOf({ rates, idle, trips, faults, leads, ...conditions }) {
  const figures = Object.entries(rates).map(([name, all]) => [name, figuresOf(all)]);
  return {
    ...conditions,
    leads,
    engine: {
      ...Object.fromEntries(figures.filter(([name]) => ours.includes(name))),
      idleMs: { directly: timesOf(idle.directly), byJob: timesOf(idle.byJob) },
      perLead: trips,
    },
    baselines: Object.fromEntries(figures.filter(([name]) => !ours.includes(name))),
    ratios: ratiosOf(rates),
    faults,
  };
}

const timesOf = (times) => ({ p50: rounded(median(times)), p99: rounded(quantile(times, 0.99)) });

function ratiosOf(rates) {
  const over = (of, by) => (rates[of] && rates[by] ? rounded(median(rates[of]) / median(rates[by])) : null);
  return {
    vsBareT2: over("oneByOne", "bareT2"),
    vsBareT2Batched: over("batched", "bareT2"),
    rateAt1MOverEmpty: over("fullBatched", "batched"),
    rateAt1MOverEmptyOneByOne: over("fullOneByOne", "oneByOne"),
    commitRateWithSignal: over("oneByOne", "oneByOneWithoutSignal"),
    /** Compared with the baseline that batches too. */
    batchedVsBareBatched: over("batched", "bareT2Batched"),
  };
}

export function tableOf(result) {
  const { engine, baselines, ratios, faults, ...conditions } = jsonOf(result);
  const rows = Object.entries({ ...baselines, ...engine }).filter(([, one]) => one.leadsPerSecond);
  return [
    Object.entries(conditions)
      .map(([name, value]) => `${name}: ${value}`)
      .join(" · "),
    markdown([
      ["way", "leads/s", "spread"],
      ...rows.map(([name, one]) => [name, one.leadsPerSecond, `${one.roundSpread.toFixed(2)} ×`]),
    ]),
    markdown([
      ["ratio", "", "goal"],
      ...Object.entries(ratios).map(([name, value]) => [
        name,
        value ?? "",
        goals[name] ? `≥ ${goals[name]}` : "",
      ]),
    ]),
    markdown([
      ["of one lead", "one by one", "batched"],
      [
        "statements",
        engine.perLead.oneByOne.statements.toFixed(1),
        engine.perLead.batched.statements.toFixed(1),
      ],
      ["round trips", engine.perLead.oneByOne.trips.toFixed(1), engine.perLead.batched.trips.toFixed(1)],
      [
        "idle, p50 / p99 ms",
        ...[engine.idleMs.directly, engine.idleMs.byJob].map((one) => `${one.p50} / ${one.p99}`),
      ],
    ]),
    faults.length === 0 ? "Answers checked: nothing lost, nothing doubled." : `FAULTS: ${faults.join("; ")}`,
  ].join("\n\n");
}

const markdown = ([head, ...lines]) =>
  [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
