/**
 * `npm run geo:import -- FILE|URL`: imports the positions of communes, which zones by circle and polygon need. The
 * import is one transaction, and repeating it changes nothing. Running servers load the new positions by themselves.
 */
import "reflect-metadata";
import { createReadStream } from "node:fs";
import path from "node:path";
import { CentroidReader } from "../reference/geo/centroid-file";
import { CentroidImport, type ImportCounts } from "../reference/geo/centroid-import.service";
import { centroidsTopic } from "../reference/geo/centroids.service";
import { timeoutSignal } from "../platform/clock";
import { CannotStart } from "../platform/cannot-start";
import { transactOn } from "../platform/database";
import { publishOnce } from "../platform/hints";
import { AppError, invalid } from "../shared/errors";
import { openChecked } from "../app/database-check";
import { configOfProcess, type Config } from "../app/settings/config";
import { entities } from "../app/entities";
import { hintTransportOf } from "../app/hint-transport";

const usage = "Usage: npm run geo:import -- FILE|URL";
const longestDownloadMs = 120_000;

interface Source {
  readonly name: string;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

async function main([given, ...more]: readonly string[]): Promise<void> {
  if (given === undefined || more.length > 0) throw invalid(usage);
  const source = sourceOf(given);
  const config = configOfProcess();
  const { databaseUrl } = config;
  if (databaseUrl === null) {
    throw invalid("DATABASE_URL is missing: the address of the database that the server works with.");
  }
  const counts = await importFrom(source, databaseUrl, config);
  const said = await publishOnce(hintTransportOf(config, databaseUrl), centroidsTopic);
  process.stdout.write(
    [
      `Centroids from ${source.name}: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged.`,
      `Left out: ${counts.notOfToday} that are not communes today, ${counts.withoutPosition} without coordinates.`,
      ...(said
        ? []
        : ["Running servers could not be notified. They load the new positions within a minute."]),
      "",
    ].join("\n"),
  );
}

async function importFrom(source: Source, databaseUrl: string, config: Config): Promise<ImportCounts> {
  const server = { url: databaseUrl, loginSecret: config.databaseLoginSecret };
  const database = await openChecked(config, { ...server, entities, poolSizes: 1, roles: ["worker"] });
  try {
    return await transactOn(database)({ role: "worker" }, async (tx) => {
      const target = new CentroidImport(tx, source.name);
      const reader = new CentroidReader();
      const decoder = new TextDecoder("utf-8", { fatal: true });
      for await (const chunk of await source.open()) {
        await target.add(reader.push(decoder.decode(chunk, { stream: true })));
      }
      await target.add(reader.push(decoder.decode()));
      reader.end();
      await target.flush();
      return target.counts;
    });
  } finally {
    await database.destroy();
  }
}

function sourceOf(given: string): Source {
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(given)) {
    return {
      name: path.basename(given),
      open: () => Promise.resolve(createReadStream(given) as AsyncIterable<Buffer>),
    };
  }
  if (!URL.canParse(given)) throw invalid("This is neither a file nor an address that can be read.");
  const url = new URL(given);
  if (url.protocol !== "https:") {
    throw invalid(
      "Only addresses that begin with https:// are read, because their content cannot be changed in transit.",
    );
  }
  return { name: `${url.host}${url.pathname}`, open: () => download(url) };
}

async function download(url: URL): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url, { signal: timeoutSignal(longestDownloadMs), redirect: "error" });
  if (response.ok && response.body) return response.body as AsyncIterable<Uint8Array>;
  throw invalid(`${url.host} answered with status ${response.status}. Nothing was imported.`);
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "The file cannot be read: it does not exist.",
  EACCES: "The file cannot be read: this user has no permission.",
  EISDIR: "The file cannot be read: it is a folder.",
  ERR_ENCODING_INVALID_ENCODED_DATA: "The file is not UTF-8.",
  TimeoutError: "The download took longer than two minutes.",
  "fetch failed": "The address cannot be reached.",
};

function explain(error: unknown): string {
  if (error instanceof CannotStart || error instanceof AppError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const names = [(error as NodeJS.ErrnoException).code ?? "", error.name, error.message];
  const said = names.flatMap((name) => words[name] ?? [])[0];
  return said ? `${said} Nothing was imported.` : (error.stack ?? error.message);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
