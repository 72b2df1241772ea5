/** Formats the results of bench:journey as JSON and as the text of bench/RESULTS.md. */
import { median, quantile, rounded } from "../matching/statistics.mjs";
import { aboutLine, conditions, ratioTable, table, time } from "../shared/report.mjs";

const names = { ours: "CarAtlas", plain: "straightforward build", t2: "bare T2, 8 connections" };
const goals = { vsBareT2: [">=", 0.2], vsStraightforward: [">=", 3], p99OverP50AtHalf: ["<=", 5] };
const stages = ["form", "preview", "submit", "confirm", "allocateAndDeliver", "submitToSocket", "whole"];

function timesOf(leads, name) {
  const all = leads.map((lead) => lead[name]);
  return {
    p50Ms: rounded(median(all)),
    p95Ms: rounded(quantile(all, 0.95)),
    p99Ms: rounded(quantile(all, 0.99)),
  };
}

function ratiosOf({ figures, half, shares }) {
  const { p50Ms, p99Ms } = timesOf(half, "submitToSocket");
  return {
    vsBareT2: rounded(figures.ours.value / figures.t2.value),
    vsStraightforward: rounded(figures.ours.value / figures.plain.value),
    p99OverP50AtHalf: rounded(p99Ms / p50Ms),
    graphqlCpuShare: rounded(shares.self.graphql ?? 0),
  };
}

const rateOf = ({ value, spread, turns }) => ({
  ...{ leadsPerSecond: rounded(value), roundSpread: rounded(spread) },
  turns: turns.map((turn) => rounded(turn)),
});
const roundedShares = (shares) =>
  Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, rounded(share)]));

export function jsonOf({ version, options, found }) {
  const { figures, half, rate, shares, cpuMsALead, checked } = found;
  return {
    ...conditions(version),
    ...{
      leads: options.leads,
      campaigns: options.campaigns,
      suppliers: options.suppliers,
      workers: options.workers,
    },
    engine: {
      ...rateOf(figures.ours),
      atHalf: {
        leadsPerSecond: rounded(rate),
        ...Object.fromEntries(stages.map((name) => [name, timesOf(half, name)])),
      },
      ...{ cpuMsALead: rounded(cpuMsALead), leadsChecked: checked },
      cpuShares: { running: roundedShares(shares.self), askedBy: roundedShares(shares.askedBy) },
    },
    baselines: { bareT2: rateOf(figures.t2), straightforward: rateOf(figures.plain) },
    ratios: ratiosOf(found),
  };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

export function markdownOf({ version, options, found }) {
  const { figures, half, rate, shares, cpuMsALead, checked } = found;
  const rates = Object.entries(figures).map(([name, { value, spread }]) => [
    ...[names[name], `${rounded(value)} leads/s`, `${spread.toFixed(2)} ×`],
  ]);
  const latencies = stages.map((name) => {
    const { p50Ms, p95Ms, p99Ms } = timesOf(half, name);
    return [name, time(p50Ms), time(p95Ms), time(p99Ms)];
  });
  const shareLines = (view) => Object.entries(view).filter(([, share]) => share >= 0.005);
  return [
    aboutLine(conditions(version)),
    `${options.leads} leads of before, ${options.campaigns} campaigns, ${options.suppliers} suppliers with a socket each, ` +
      `${options.workers} people at once; ${checked} leads of the run are on the feeds that the database says.`,
    table([["build", "at saturation", "spread"], ...rates]),
    `At ${rounded(rate)} leads/s, half of it:`,
    table([["stage", "p50", "p95", "p99"], ...latencies]),
    `CPU of the server: ${rounded(cpuMsALead)} ms a lead.`,
    table([
      ["running", "share of the CPU"],
      ...shareLines(shares.self).map(([name, share]) => [name, percent(share)]),
    ]),
    table([
      ["on behalf of", "share of the CPU"],
      ...shareLines(shares.askedBy).map(([name, share]) => [name, percent(share)]),
    ]),
    ratioTable(ratiosOf(found), goals),
  ].join("\n\n");
}
