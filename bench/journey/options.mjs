/** The command-line options of bench:journey. */
import { parseArgs } from "node:util";

export const help = `npm run bench:journey -- [options]

  --json            one JSON object on standard output, nothing else
  --markdown        the text of bench/RESULTS.md (the same as without --json)
  --leads N         how many leads the database holds already (1000000)
  --campaigns N     standing campaigns (10000)
  --suppliers N     suppliers, each with one socket (500)
  --workers N       people who go the whole way at once, at saturation (32)
  --rounds N        turns a measurement (5, at least)
  --seconds N       how long a turn lasts (6)
  --profile FILE    where the CPU profile is written, for a closer look`;

const options = {
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
  leads: { type: "string", default: "1000000" },
  campaigns: { type: "string", default: "10000" },
  suppliers: { type: "string", default: "500" },
  workers: { type: "string", default: "32" },
  rounds: { type: "string", default: "5" },
  seconds: { type: "string", default: "6" },
  profile: { type: "string" },
};

export function readOptions() {
  const { values } = parseArgs({ options });
  const numbers = ["leads", "campaigns", "suppliers", "workers", "rounds", "seconds"];
  return {
    ...{ json: values.json, help: values.help, profile: values.profile ?? null },
    ...Object.fromEntries(numbers.map((name) => [name, numberOf(values[name])])),
  };
}

function numberOf(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`Expected a positive whole number, got: ${text}`);
  return number;
}
