/** Formats the results of bench:delivery as JSON and as the text of bench/RESULTS.md. */
import { rounded } from "../matching/statistics.mjs";
import { aboutLine, conditions, ratioTable, table, time } from "../shared/report.mjs";

const names = { ours: "CarAtlas", raw: "raw ws", stock: "graphql-ws + graphql-js" };
export const goals = {
  fanout1000VsRaw: ["<=", 1.3],
  fanout5000VsRaw: ["<=", 1.3],
  heapKiBPerSocket: ["<=", 8],
  spreadCpuVsRaw: ["<=", 3],
  targetedVsRaw: [">=", 0.8],
  latencyP50VsNotify: ["<=", 2],
  latencyP99VsNotify: ["<=", 3],
  resumeVsSelect: [">=", 0.5],
  commitRateWithSignal: [">=", 0.85],
  stoppedReaderKiB: ["<=", 1_024],
  stoppedReaderDelay: ["<=", 1.3],
};

const over = (one, other) => (one === undefined || other === undefined ? null : rounded(one / other));

export function ratiosOf({ fanout, spread, targeted, latency, resume, commits, stopped }) {
  const lines = Object.entries(fanout).map(([sockets, found]) => [
    `fanout${sockets}VsRaw`,
    over(found?.ours.value, found?.raw.value),
  ]);
  return {
    ...Object.fromEntries(lines),
    heapKiBPerSocket: spread ? rounded(spread.ours.heap.heapKiB) : null,
    spreadCpuVsRaw: over(spread?.ours.value, spread?.raw.value),
    targetedVsRaw: over(targeted?.ours.value, targeted?.raw.value),
    latencyP50VsNotify: over(latency?.ours.value, latency?.notify.value),
    latencyP99VsNotify: over(latency?.ours.p99, latency?.notify.p99),
    resumeVsSelect: over(resume?.ours.value, resume?.select.value),
    commitRateWithSignal: over(commits?.signalled.value, commits?.silent.value),
    stoppedReaderKiB: stopped ? rounded(stopped.kiBPerReader) : null,
    stoppedReaderDelay: over(stopped?.besideMs, stopped?.aloneMs),
  };
}

const figure = (found, more = {}) =>
  found && {
    value: rounded(found.value),
    roundSpread: rounded(found.spread),
    turns: found.turns.map((one) => rounded(one)),
    ...more,
  };

export function jsonOf({ version, options, found }) {
  const { fanout, spread, targeted, latency, resume, commits, stopped } = found;
  const of = (way) => ({
    fanoutMs: Object.fromEntries(
      Object.entries(fanout).map(([sockets, one]) => [
        sockets,
        one && figure(one[way], { cpuMicrosecondsAMessage: rounded(one[way].cpuMicroseconds) }),
      ]),
    ),
  });
  const also = (way) => ({
    ...of(way),
    spreadCpuMicroseconds: spread && figure(spread[way], { heap: spread[way].heap }),
    targetedLeadsPerSecond: targeted && figure(targeted[way]),
  });
  return {
    ...conditions(version),
    sockets: Math.max(...options.sockets),
    engine: {
      ...also("ours"),
      latencyMs: latency && figure(latency.ours, { p99: rounded(latency.ours.p99) }),
      resumeEventsPerSecond: resume && figure(resume.ours),
      commitsPerSecond: commits && figure(commits.signalled),
      stoppedReader: stopped,
    },
    baselines: {
      rawWs: also("raw"),
      stockGraphqlWs: of("stock"),
      notify: latency && { latencyMs: figure(latency.notify, { p99: rounded(latency.notify.p99) }) },
      select: resume && { resumeEventsPerSecond: figure(resume.select) },
      withoutSignal: commits && { commitsPerSecond: figure(commits.silent) },
    },
    ratios: ratiosOf(found),
  };
}

export function markdownOf({ version, found }) {
  const rows = [];
  const add = (what, one, unit) => {
    if (!one) return;
    for (const [way, { value, spread, p99, cpuMicroseconds, heap }] of Object.entries(one)) {
      const also = [
        p99 === undefined ? null : `p99 ${time(p99)}`,
        cpuMicroseconds === undefined ? null : `${rounded(cpuMicroseconds)} µs CPU a message`,
        heap ? `${rounded(heap.heapKiB)} KiB heap, ${rounded(heap.externalKiB)} KiB outside` : null,
      ].filter(Boolean);
      rows.push([what, names[way] ?? way, unit(value), `${spread.toFixed(2)} ×`, also.join(", ")]);
    }
  };
  for (const [sockets, one] of Object.entries(found.fanout))
    add(`event to the last of ${sockets} sockets`, one, time);
  add("CPU an event, one socket each", found.spread, (value) => `${rounded(value)} µs`);
  add("each lead to three suppliers", found.targeted, (value) => `${rounded(value)} leads/s`);
  add("commit to client", found.latency, time);
  add("resume", found.resume, (value) => `${rounded(value)} events/s`);
  add("commits", found.commits, (value) => `${rounded(value)} a second`);
  const { stopped } = found;
  return [
    aboutLine(conditions(version)),
    table([["what", "way", "median of the turns", "spread", "also"], ...rows]),
    ...(stopped
      ? [
          `A reader that stops takes ${rounded(stopped.kiBPerReader)} KiB in the server. Beside twenty of them the other ` +
            `clients get an event after ${time(stopped.besideMs)}, without them after ${time(stopped.aloneMs)}.`,
        ]
      : []),
    ratioTable(ratiosOf(found), goals),
  ].join("\n\n");
}
