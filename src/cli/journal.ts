/**
 * `npm run journal -- 2026-11 [VE] --to FOLDER`: writes a month's entries, of one journal or of all, as CSV. Without
 * --to they go into a new temporary folder. CARATLAS_API_KEY holds a key of role FINANCE or ADMIN. Without it and
 * without --url, the program asks the demo that runs on this machine.
 */
import { isMonth } from "../shared/days";
import { invalid } from "../shared/errors";
import { download, type FileToDownload } from "./download";
import { askAsStaff, readOptions, runProgram, say } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run journal -- YYYY-MM [VE|BQ|ST|OD|SI] [--to FOLDER] [--url https://…]. Without a key and --url, it asks the demo that runs on this machine.";
const query =
  "query ($month: Month!, $journal: Journal) { journal(month: $month, journal: $journal) { id name } }";

async function main(): Promise<void> {
  const { positionals, server, to } = await readOptions(usage);
  const [month = "", journal = null, ...more] = positionals;
  if (more.length > 0 || !isMonth(month)) throw invalid(usage);
  const wanted = { month, journal };
  const answer = await askAsStaff<{ journal: FileToDownload }>(server, query, wanted);
  const { file, count } = await download(server, answer.journal, to);
  say(`${file}: ${String(count)} lines.`);
}

runProgram(main);
