/** Reads a statement file of a bank from a stream of bytes. The formats themselves are pure; this only feeds them. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { parse, CsvError, type Info, type Options } from "csv-parse";
import { nextTurn } from "../../platform/clock";
import { CamtReader } from "./camt/camt-reader";
import { CfonbReader } from "./cfonb/cfonb-reader";
import { Decoding } from "./charset";
import { CsvReader } from "./csv/csv-reader";
import { HeadingSearch, type Heading } from "./csv/heading-search";
import { Reading, type TextReader } from "./reading";
import type { Statement, StatementFormat } from "./statement";

export interface ReadOptions {
  /** The day in Paris, "YYYY-MM-DD": nothing can be booked after it. */
  readonly today: string;
}

/** Read at once; other work of this process gets its turn before the next piece. */
export const pieceBytes = 32_768;

/**
 * Reads and checks everything before it returns anything. A file at fault is one INVALID_INPUT that names each bad
 * line in `faults`: at most 100, the last of which counts the others if there are more.
 */
export async function readStatements(
  format: StatementFormat,
  bytes: AsyncIterable<Uint8Array>,
  { today }: ReadOptions,
): Promise<readonly Statement[]> {
  const reading = new Reading(today, (text) => createHash("sha256").update(text).digest("hex"));
  const texts = textsIn(bytes, reading);
  try {
    const statements = await (format === "CSV" ? readCsv(texts, reading) : readText(format, texts, reading));
    reading.faults.throwIfAny();
    return statements;
  } finally {
    // A refusal may come before the end, and the file that is read must not stay open.
    await texts.return(undefined);
  }
}

async function* textsIn(
  bytes: AsyncIterable<Uint8Array>,
  { faults }: Reading,
): AsyncGenerator<string, undefined> {
  const decoding = new Decoding(faults);
  for await (const given of bytes) {
    for (let from = 0; from < given.length; from += pieceBytes) {
      yield decoding.push(given.subarray(from, from + pieceBytes));
      await nextTurn();
    }
  }
  yield decoding.finish();
  return undefined;
}

async function readText(
  format: "CAMT053" | "CFONB120",
  texts: AsyncIterable<string>,
  reading: Reading,
): Promise<readonly Statement[]> {
  const reader: TextReader<readonly Statement[]> =
    format === "CAMT053" ? new CamtReader(reading) : new CfonbReader(reading);
  for await (const text of texts) {
    reader.push(text);
    while (reader.proceed()) await nextTurn();
  }
  return reader.finish();
}

/** With quotes anywhere and lines of any number of values, as banks write them. */
const csvOptions: Options = {
  info: true,
  max_record_size: 65_536,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  trim: true,
};

async function readCsv(
  texts: AsyncGenerator<string, undefined>,
  reading: Reading,
): Promise<readonly Statement[]> {
  const [heading, rest] = await headingIn(texts, reading);
  const reader = new CsvReader(heading, reading);
  const parser = parse({ ...csvOptions, delimiter: heading.delimiter });
  const source = Readable.from(after(rest, texts), { objectMode: true });
  source.on("error", (error) => parser.destroy(error));
  try {
    const rows = source.pipe(parser) as AsyncIterable<{ readonly record: string[]; readonly info: Info }>;
    for await (const { record, info } of rows) reader.take(record, heading.line + firstLineOf(record, info));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = heading.line + parser.info.lines;
    reading.faults.end(`line ${String(line)}: content is not CSV, perhaps because a quote is not closed.`);
  } finally {
    source.destroy();
  }
  return reader.finish();
}

async function headingIn(
  texts: AsyncGenerator<string, undefined>,
  reading: Reading,
): Promise<readonly [Heading, string]> {
  const search = new HeadingSearch(reading);
  // Not for await: that would end the stream with the loop.
  for (let next = await texts.next(); next.done !== true; next = await texts.next()) {
    const found = search.push(next.value);
    if (found) return found;
  }
  return [search.finish(), ""];
}

async function* after(rest: string, texts: AsyncIterable<string>): AsyncGenerator<string> {
  yield rest;
  yield* texts;
}

/** csv-parse counts the line in which a record ends; values in quotes may hold line breaks. */
const firstLineOf = (record: readonly string[], { lines }: Info): number =>
  lines - (record.join("").match(/\r\n|\n|\r/g)?.length ?? 0);
