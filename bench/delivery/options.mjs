/** The command-line options of bench:delivery. */
import { parseArgs } from "node:util";

export const help = `npm run bench:delivery -- [options]

  --json          one JSON object on standard output, nothing else
  --markdown      the text of bench/RESULTS.md (the same as without --json)
  --sockets A,B   sockets of one supplier for the fan-out (1000,5000)
  --suppliers N   suppliers with a socket each for the spread load (1000)
  --targets N     connected suppliers of which each lead meets three (5000)
  --missed N      events to resume (10000)
  --rounds N      turns a measurement (5, at least)
  --only A,B      some measurements only: fanout, spread, targeted, latency, resume, stopped, commits`;

const options = {
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
  sockets: { type: "string", default: "1000,5000" },
  suppliers: { type: "string", default: "1000" },
  targets: { type: "string", default: "5000" },
  missed: { type: "string", default: "10000" },
  rounds: { type: "string", default: "5" },
  only: { type: "string" },
};

export function readOptions() {
  const { values } = parseArgs({ options });
  const only = values.only?.split(",") ?? null;
  return {
    ...{ json: values.json, help: values.help, only },
    sockets: values.sockets.split(",").map(numberOf),
    suppliers: numberOf(values.suppliers),
    targets: numberOf(values.targets),
    missed: numberOf(values.missed),
    rounds: numberOf(values.rounds),
  };
}

function numberOf(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`Expected a positive whole number, got: ${text}`);
  return number;
}
