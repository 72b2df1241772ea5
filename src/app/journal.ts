/**
 * `npm run journal -- 2026-11 [VE]`: writes a month's entries, of one journal or of all, as CSV into the folder where
 * it is run. A key of role FINANCE or ADMIN stands in CARATLAS_API_KEY; without it and without --url the demo here is
 * asked.
 */
import { open } from "node:fs/promises";
import { invalid } from "../shared/errors";
import { askAsStaff, readOptions, runProgram, say } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run journal -- YYYY-MM [VE|BQ|ST|OD|SI] [--url https://…]. Without both, the demo that runs here is asked.";
const query = `query ($month: String!, $journal: Journal, $after: Cursor) {
  journal(month: $month, journal: $journal, after: $after) { header lines after } }`;

interface Part {
  readonly header: string;
  readonly lines: readonly string[];
  readonly after: string | null;
}

async function main(): Promise<void> {
  const { positionals, server } = await readOptions(usage);
  const [month = "", journal, ...more] = positionals;
  if (more.length > 0 || !/^2\d{3}-\d\d$/.test(month)) throw invalid(usage);
  const ask = async (after: string | null): Promise<Part> =>
    (await askAsStaff<{ journal: Part }>(server, query, { month, journal: journal ?? null, after })).journal;
  const name = `journal-${month}${journal === undefined ? "" : `-${journal}`}.csv`;
  const file = await open(name, "w");
  let count = 0;
  try {
    let part = await ask(null);
    await file.write(`${part.header}\r\n`);
    for (;;) {
      await file.write([...part.lines, ""].join("\r\n"));
      count += part.lines.length;
      if (part.after === null) break;
      part = await ask(part.after);
    }
  } finally {
    await file.close();
  }
  say(`${name}: ${String(count)} lines.`);
}

runProgram(main);
