/**
 * `npm run bank:import -- FILE`: uploads a bank statement, imports it, and waits until that has ended. Prints what
 * became of its lines, or every fault; exits with 1 when the file is refused. An interrupted run can be repeated: the
 * keys of the upload and of the import follow from the content of the file. CARATLAS_API_KEY holds a key of role
 * FINANCE or ADMIN. Without it and without --url, the program asks the demo that runs on this machine.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { pause } from "../platform/clock";
import { systemCodeOf } from "../platform/files";
import { invalid } from "../shared/errors";
import { askAsStaff, fromHere, readOptions, runProgram, say, type StaffServer } from "./staff-client";
import { guessFormat, statementFormats, type StatementFormat } from "./statement-format";
import { upload } from "./upload";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run bank:import -- FILE [--format CAMT053|CFONB120|CSV] [--iban FR76…] [--accept-gap REASON] [--url https://…]. Without key and url, it asks the demo that runs on this machine.";
const options = ["format", "iban", "accept-gap"];

interface Fault {
  readonly line: number | null;
  readonly message: string;
}

interface Statement {
  readonly id: string;
  readonly status: "RUNNING" | "IMPORTED" | "REFUSED";
  readonly sha256: string;
  readonly faults: readonly Fault[];
  readonly read: number;
  readonly known: number;
  readonly matched: number;
  readonly unmatched: number;
  readonly skipped: number;
}

interface Wanted {
  readonly format: StatementFormat;
  readonly iban: string | null;
  readonly gapReason: string | null;
}

const selection = "{ id status sha256 read known matched unmatched skipped faults { line message } }";
const askedEveryMs = 1_000;
const beginningBytes = 4_096;

async function main(): Promise<void> {
  const { positionals, values, server } = await readOptions(usage, options);
  const [named, ...more] = positionals;
  if (named === undefined || more.length > 0) throw invalid(usage);
  const file = fromHere(named);
  const content = await readContent(file);
  const wanted = {
    format: formatIn(values["format"] ?? guessFormat(content.beginning)),
    iban: values["iban"] ?? null,
    gapReason: values["accept-gap"] ?? null,
  };
  const key = keyOf(content.sha256, wanted, await refusedBefore(server, content.sha256));
  const uploadId = await upload(server, file, key);
  report(await imported(server, { ...wanted, uploadId }, key));
}

function formatIn(given: string): StatementFormat {
  const format = statementFormats.find((known) => known === given.toUpperCase());
  if (format) return format;
  throw invalid(`--format is one of ${statementFormats.join(", ")}.`);
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "The file cannot be read: it does not exist.",
  EACCES: "The file cannot be read: this user has no permission.",
  EISDIR: "The file cannot be read: it is a folder.",
};

async function readContent(file: string): Promise<{ sha256: string; beginning: string }> {
  try {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file), hash);
    const handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginningBytes), 0, beginningBytes, 0);
    await handle.close();
    // Only letters, digits and marks are looked at, which both encodings of the banks write alike.
    return { sha256: hash.digest("hex"), beginning: buffer.subarray(0, bytesRead).toString("utf8") };
  } catch (error) {
    throw invalid(words[systemCodeOf(error) ?? ""] ?? String(error));
  }
}

/** A refused file changed nothing and may be accepted later, so a run after a refusal has a key of its own. */
const keyOf = (sha256: string, wanted: Wanted, refused: string | null): string =>
  createHash("sha256")
    .update(JSON.stringify([sha256, wanted.format, wanted.iban, wanted.gapReason, refused]))
    .digest("hex");

/** The id of the last refused import of the same file, among the last hundred imports. */
async function refusedBefore(server: StaffServer, sha256: string): Promise<string | null> {
  const query = `{ bankStatements(first: 100) { edges { node ${selection} } } }`;
  const { bankStatements } = await askAsStaff<{ bankStatements: { edges: { node: Statement }[] } }>(
    server,
    query,
  );
  const same = bankStatements.edges.find(({ node }) => node.sha256 === sha256)?.node;
  return same?.status === "REFUSED" ? same.id : null;
}

async function imported(
  server: StaffServer,
  input: Wanted & { readonly uploadId: string },
  key: string,
): Promise<Statement> {
  const mutation = `mutation ($input: ImportBankStatementFileInput!, $key: String!) {
    statement: importBankStatementFile(input: $input, idempotencyKey: $key) ${selection} }`;
  const query = `query ($id: ID!) { statement: bankStatement(id: $id) ${selection} }`;
  let { statement } = await askAsStaff<{ statement: Statement }>(server, mutation, { input, key });
  while (statement.status === "RUNNING") {
    await pause(askedEveryMs);
    ({ statement } = await askAsStaff<{ statement: Statement }>(server, query, { id: statement.id }));
  }
  return statement;
}

function report({ status, faults, read, known, matched, unmatched, skipped }: Statement): void {
  if (status === "IMPORTED") {
    const became = `${String(known)} known before, ${String(matched)} matched, ${String(unmatched)} for a person`;
    say(`Imported: ${String(read)} lines read, ${became}; ${String(skipped)} skipped.`);
    return;
  }
  for (const { line, message } of faults) say(line === null ? message : `${String(line)}: ${message}`);
  say(`Refused: nothing was imported, ${String(faults.length)} faults.`);
  process.exitCode = 1;
}

runProgram(main);
