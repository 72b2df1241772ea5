/**
 * `npm run fec -- 2026 --to FOLDER`: writes the FEC of a year (fichier des écritures comptables, the accounting entries
 * in the format of the French tax office). Without --to it goes into a new temporary folder. CARATLAS_API_KEY holds a
 * key of role FINANCE or ADMIN. Without it and without --url, the program asks the demo that runs on this machine.
 */
import { invalid } from "../shared/errors";
import { download, type FileToDownload } from "./download";
import { askAsStaff, readOptions, runProgram, say } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run fec -- YYYY [--to FOLDER] [--url https://…]. Without a key and --url, it asks the demo that runs on this machine.";
const query = "query ($year: Int!) { fec(year: $year) { id name } }";

async function main(): Promise<void> {
  const { positionals, server, to } = await readOptions(usage);
  const [year = "", ...more] = positionals;
  if (more.length > 0 || !/^2\d{3}$/.test(year)) throw invalid(usage);
  const { fec } = await askAsStaff<{ fec: FileToDownload }>(server, query, { year: Number(year) });
  const { file, count } = await download(server, fec, to);
  say(`${file}: ${String(count)} lines.`);
}

runProgram(main);
