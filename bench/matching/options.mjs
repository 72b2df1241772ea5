/** The command line options of bench:matching. */
import { parseArgs } from "node:util";

export const help = `npm run bench:matching -- [options]

  --json               one JSON object on standard output, nothing else
  --markdown           the tables of bench/RESULTS.md
  --campaigns N        how many campaigns (100000)
  --levels A,B,...     several sizes in one run; above 100000 only engines in memory are measured
  --workload NAME      broad or selective only (both)
  --without-rules      leave out json-rules-engine, which takes longer than all others together
  --rounds N           rounds per measurement (5, at least)
  --changes N          instead of comparing engines: the heap during N changes of an index of --campaigns`;

const options = {
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
  campaigns: { type: "string", default: "100000" },
  levels: { type: "string" },
  workload: { type: "string" },
  "without-rules": { type: "boolean", default: false },
  rounds: { type: "string", default: "5" },
  changes: { type: "string" },
};

export function readOptions() {
  const { values } = parseArgs({ options });
  const levels = (values.levels ?? values.campaigns).split(",").map(numberOf);
  const workloads = values.workload ? [values.workload] : ["broad", "selective"];
  return {
    ...{ json: values.json, markdown: values.markdown, help: values.help },
    ...{ levels, workloads, rounds: numberOf(values.rounds) },
    hasRules: !values["without-rules"],
    changes: values.changes === undefined ? null : numberOf(values.changes),
  };
}

function numberOf(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`Not a positive whole number: ${text}`);
  return number;
}
