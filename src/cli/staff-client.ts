/**
 * Connects the programs for staff to a server: reads its address and the key in CARATLAS_API_KEY. Without both, uses
 * the demo that runs on this machine.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { programConfigOfProcess } from "../app/settings/programs";
import { AppError, invalid } from "../shared/errors";
import { timeoutSignal } from "../platform/clock";
import { apiAddress } from "./api-address";

const timeoutMs = 120_000;

export interface StaffServer {
  readonly url: URL;
  readonly token: string;
}

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface GivenOptions {
  readonly positionals: readonly string[];
  readonly server: StaffServer;
  /** Where a file is to be written. */
  readonly to: string | null;
  /** The options by name, those of the program included. */
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** `more` names the program's own options; each has a text. Throws `usage` when the options cannot be parsed. */
export async function readOptions(usage: string, more: readonly string[] = []): Promise<GivenOptions> {
  const { values, positionals } = parsed(usage, more);
  const to = values.to === undefined ? null : fromHere(values.to);
  return { positionals, server: await serverFor(values.url, usage), to, values };
}

/** The path of a file that is named as seen from where the program was called. */
export const fromHere = (file: string): string => path.resolve(programConfigOfProcess().calledIn, file);

/** Throws INVALID_INPUT as an AppError, and any other error with its message. */
export async function askAsStaff<T>(
  { url, token }: StaffServer,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const response = await fetch(new URL("/graphql", url), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal: timeoutSignal(timeoutMs),
    redirect: "error",
  });
  const { data, errors } = (await response.json()) as Answer<T>;
  const [error] = errors ?? [];
  if (error?.extensions?.code === "INVALID_INPUT") throw invalid(error.message);
  if (error) throw new Error(error.message);
  if (!data) throw new Error(`The server answered with status ${String(response.status)}.`);
  return data;
}

export const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** Runs a program. When it throws, prints the error in one line and exits with 2. */
export function runProgram(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 2;
  });
}

async function serverFor(address: string | undefined, usage: string): Promise<StaffServer> {
  const { apiKey: token, dataDir } = programConfigOfProcess();
  if (address !== undefined && token !== null) return { url: apiAddress(address, usage), token };
  if (address !== undefined || token !== null) throw invalid(usage);
  return demoIn(dataDir, usage);
}

async function demoIn(dataDir: string, usage: string): Promise<StaffServer> {
  const text = await readFile(path.join(dataDir, "demo.json"), "utf8").catch(() => null);
  if (text === null) throw invalid(`No demo has run on this machine. ${usage}`);
  const { url, staff } = JSON.parse(text) as { url: string; staff: { token: string } };
  return { url: new URL(url), token: staff.token };
}

function parsed(usage: string, more: readonly string[]): Pick<GivenOptions, "positionals" | "values"> {
  const options = Object.fromEntries(
    ["url", "to", ...more].map((name) => [name, { type: "string" as const, multiple: false as const }]),
  );
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  } catch {
    throw invalid(usage);
  }
}

/** Why a server refused a request outside GraphQL. */
export async function reasonOf(response: Response): Promise<string> {
  const { errors = [] } = (await response.json().catch(() => ({}))) as { errors?: { message: string }[] };
  return errors[0]?.message ?? `The server answered with status ${String(response.status)}.`;
}

function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return error.message === "fetch failed" ? "The server cannot be reached." : error.message;
}
