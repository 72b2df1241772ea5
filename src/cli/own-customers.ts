/**
 * `npm run own-customers -- FILE.csv --url URL`: uploads a supplier's list of its own customers. Addresses and
 * numbers are hashed on the supplier's machine, and only the hashes are sent. An interrupted run can safely be
 * repeated. The API key is read from CARATLAS_API_KEY, because other users of a machine can read arguments.
 */
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { programConfigOfProcess } from "../app/settings/programs";
import { AppError, invalid } from "../shared/errors";
import { columnsText } from "../offers/own-customers/customer-columns";
import { CustomerFile, type CountryCode } from "../offers/own-customers/customer-file.adapter";
import { OwnCustomersClient } from "../offers/own-customers/own-customers-client.adapter";
import { apiAddress } from "./api-address";

const usage =
  "Usage: CARATLAS_API_KEY=… npm run own-customers -- FILE.csv --url https://… [--replace] [--country FR]";
const problemsShown = 20;

interface Options {
  readonly file: string;
  readonly url: URL;
  readonly country: CountryCode;
  readonly replace: boolean;
  readonly apiKey: string;
}

async function main(): Promise<void> {
  const { file, url, country, replace, apiKey } = readOptions();
  const client = new OwnCustomersClient(url, apiKey);
  const { key, at } = await client.list();
  const source = new CustomerFile(Buffer.from(key, "base64"), country, (columns) => {
    say(columnsText(columns));
  });
  let sent = 0;
  for await (const hashes of source.read(createReadStream(file))) {
    await client.add(hashes);
    sent += hashes.length;
  }
  const { lines, problems } = source;
  // A person whose line could not be read would be removed, and sold again.
  const removed = replace && problems.length === 0 ? await client.removeOlderThan(at) : null;
  const { count } = removed ?? (await client.list());
  say(`${String(lines)} lines read, ${String(sent)} hashes sent. The list now holds ${String(count)}.`);
  if (problems.length > 0) sayProblems(problems, replace);
}

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

function sayProblems(problems: readonly string[], replace: boolean): void {
  for (const problem of problems.slice(0, problemsShown)) say(`Left out: ${problem}`);
  if (problems.length > problemsShown)
    say(`… and ${String(problems.length - problemsShown)} more were left out.`);
  if (replace)
    say("Nothing was removed from the list, because lines were left out. Correct them and run it again.");
  // A script that runs this program must not take a list with missing lines for a success.
  process.exitCode = 2;
}

function readOptions(): Options {
  const { values, positionals } = parsed();
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw invalid(usage);
  const { apiKey } = programConfigOfProcess();
  if (apiKey === null)
    throw invalid(`CARATLAS_API_KEY is missing: a key of role SUPPLIER_INTEGRATION. ${usage}`);
  const { url = "", country = "FR", replace = false } = values;
  return { file, url: apiAddress(url, usage), apiKey, replace, country: countryIn(country) };
}

function parsed() {
  try {
    const options = {
      url: { type: "string" },
      country: { type: "string" },
      replace: { type: "boolean" },
    } as const;
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  } catch {
    throw invalid(usage);
  }
}

function countryIn(given: string): CountryCode {
  if (/^[A-Z]{2}$/.test(given)) return given as CountryCode;
  throw invalid(
    "--country is a code of two capital letters, such as FR or RE. National numbers are read as numbers of that country.",
  );
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "The file cannot be read: it does not exist.",
  EACCES: "The file cannot be read: this user has no permission.",
  EISDIR: "The file cannot be read: it is a folder.",
};

function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code = "" } = error as NodeJS.ErrnoException;
  return words[code] ?? error.message;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\nRun it again. Hashes that were already sent may be sent again.\n`);
  process.exitCode = 1;
});
