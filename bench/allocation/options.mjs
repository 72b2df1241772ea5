/** The command line options of bench:allocation. */
import { parseArgs } from "node:util";

export const help = `npm run bench:allocation -- [options]

  --json          one JSON object on standard output, nothing else
  --leads N       how many past leads the full database holds (1000000)
  --rounds N      rounds per measurement (5)
  --round N       leads that a round allocates, batched; a half of them one by one (2000)
  --seconds N     how long each baseline runs in a round (2)`;

const options = {
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
  leads: { type: "string", default: "1000000" },
  rounds: { type: "string", default: "5" },
  round: { type: "string", default: "2000" },
  seconds: { type: "string", default: "2" },
};

export function readOptions() {
  const { values } = parseArgs({ options });
  const { json, help: asksHelp, ...numbers } = values;
  const read = Object.entries(numbers).map(([name, text]) => [name, numberOf(text)]);
  return { json, help: asksHelp, ...Object.fromEntries(read) };
}

function numberOf(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`Not a whole number: ${text}`);
  return number;
}
