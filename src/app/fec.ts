/**
 * `npm run fec -- 2026`: writes the file of accounting entries of a year, as the tax office asks for it, into the
 * folder where it is run. A key of role FINANCE or ADMIN stands in CARATLAS_API_KEY; without it and without --url the
 * demo here is asked.
 */
import { open } from "node:fs/promises";
import { toIso885915 } from "../finance/fec";
import { invalid } from "../shared/errors";
import { askAsStaff, readOptions, runProgram, say } from "./staff-client";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run fec -- YYYY [--url https://…]. Without both, the demo that runs here is asked.";
const query = `query ($year: Int!, $after: Cursor) { fec(year: $year, after: $after) { name header lines after } }`;

interface Part {
  readonly name: string;
  readonly header: string;
  readonly lines: readonly string[];
  readonly after: string | null;
}

async function main(): Promise<void> {
  const { positionals, server } = await readOptions(usage);
  const [year = "", ...more] = positionals;
  if (more.length > 0 || !/^2\d{3}$/.test(year)) throw invalid(usage);
  const ask = async (after: string | null): Promise<Part> =>
    (await askAsStaff<{ fec: Part }>(server, query, { year: Number(year), after })).fec;
  let part = await ask(null);
  const { name, header } = part;
  const file = await open(name, "w");
  let count = 0;
  try {
    await file.write(toIso885915(`${header}\r\n`));
    for (;;) {
      if (part.lines.length > 0) await file.write(toIso885915(`${part.lines.join("\r\n")}\r\n`));
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
