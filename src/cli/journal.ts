/**
 * `npm run journal -- 2026-11 [VE]`: writes a month's entries, of one journal or of all, as CSV into the current
 * folder. CARATLAS_API_KEY holds a key of role FINANCE or ADMIN. Without it and without --url, the program asks the
 * demo that runs on this machine.
 */
import { invalid } from "../shared/errors";
import { writeParts, type FilePart } from "./part-file";
import { askAsStaff, readOptions, runProgram, say } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run journal -- YYYY-MM [VE|BQ|ST|OD|SI] [--url https://…]. Without both, it asks the demo that runs on this machine.";
const query = `query ($month: String!, $journal: Journal, $after: Cursor) {
  journal(month: $month, journal: $journal, after: $after) { header lines after } }`;

async function main(): Promise<void> {
  const { positionals, server } = await readOptions(usage);
  const [month = "", journal = null, ...more] = positionals;
  if (more.length > 0 || !/^2\d{3}-\d\d$/.test(month)) throw invalid(usage);
  const ask = async (after: string | null): Promise<FilePart> =>
    (await askAsStaff<{ journal: FilePart }>(server, query, { month, journal, after })).journal;
  const nameOf = (): string => `journal-${month}${journal === null ? "" : `-${journal}`}.csv`;
  const { name, count } = await writeParts(ask, { nameOf, encode: (text) => Buffer.from(text) });
  say(`${name}: ${String(count)} lines.`);
}

runProgram(main);
