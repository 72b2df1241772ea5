/**
 * `npm run fec -- 2026`: writes the FEC of a year (fichier des écritures comptables, the accounting entries in the
 * format of the French tax office) into the current folder. CARATLAS_API_KEY holds a key of role FINANCE or ADMIN.
 * Without it and without --url, the program asks the demo that runs on this machine.
 */
import { toIso885915 } from "../billing/reporting/fec";
import { invalid } from "../shared/errors";
import { writeParts, type FilePart } from "./part-file";
import { askAsStaff, readOptions, runProgram, say } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run fec -- YYYY [--url https://…]. Without both, it asks the demo that runs on this machine.";
const query = `query ($year: Int!, $after: Cursor) { fec(year: $year, after: $after) { name header lines after } }`;

interface FecPart extends FilePart {
  readonly name: string;
}

async function main(): Promise<void> {
  const { positionals, server } = await readOptions(usage);
  const [year = "", ...more] = positionals;
  if (more.length > 0 || !/^2\d{3}$/.test(year)) throw invalid(usage);
  const ask = async (after: string | null): Promise<FecPart> =>
    (await askAsStaff<{ fec: FecPart }>(server, query, { year: Number(year), after })).fec;
  const { name, count } = await writeParts(ask, { nameOf: (first) => first.name, encode: toIso885915 });
  say(`${name}: ${String(count)} lines.`);
}

runProgram(main);
