/**
 * Reads a supplier's customer file line by line and yields hashes in batches. Nothing of the file is stored. A line
 * with an address or number that is none is left out; a file that cannot be split into lines and columns for certain
 * is not read any further, because everything after that place could be something else than it seems.
 */
import { pipeline, Readable } from "node:stream";
import { CsvError, parse, type Info, type Options, type Parser } from "csv-parse";
import { writtenNumber } from "../../people/leads";
import { writtenEmail } from "../../shared/contact-text";
import { invalid, type AppError } from "../../shared/errors";
import { columnsIn, separatorIn, type Columns } from "./customer-columns";
import { contactHashOf } from "./hash.service";
import { hashesPerCall } from "./read-hashes";

export type CountryCode = Parameters<typeof writtenNumber>[1];

const format: Options = {
  bom: true,
  info: true,
  // Spreadsheets leave out empty cells at the end of a line. More cells than columns are a mistake.
  relax_column_count_less: true,
  relax_quotes: true,
  skip_empty_lines: true,
  trim: true,
};

export class CustomerFile {
  lines = 0;
  /** The columns that are read; null before the first line was read. */
  columns: Columns | null = null;
  /** The problems by line number, without the content of the line. */
  readonly problems: string[] = [];

  constructor(
    private readonly listKey: Buffer,
    private readonly country: CountryCode,
    /** Told which columns are read, before any line is. */
    private readonly onColumns: (columns: Columns) => void = () => undefined,
  ) {}

  async *read(file: Readable): AsyncGenerator<string[], void, undefined> {
    let batch = new Set<string>();
    for await (const { record, info } of recordsOf(file)) {
      for (const hash of this.hashesOfLine(record, info.lines)) batch.add(hash);
      if (batch.size < hashesPerCall / 2) continue;
      yield [...batch];
      batch = new Set();
    }
    if (this.columns === null)
      throw invalid("The file is empty: its first line names the columns email and phone.");
    if (batch.size > 0) yield [...batch];
  }

  /** The first line names the columns and has no hashes. */
  private hashesOfLine(record: readonly string[], line: number): string[] {
    if (this.columns !== null) {
      this.lines += 1;
      return this.hashesIn(record, this.columns, line);
    }
    this.columns = columnsIn(record);
    this.onColumns(this.columns);
    return [];
  }

  private hashesIn(record: readonly string[], { email, phone }: Columns, line: number): string[] {
    const hashes: string[] = [];
    const isEmpty = [...email, ...phone].every((column) => (record[column] ?? "") === "");
    const take = (kind: "EMAIL" | "PHONE", column: number, read: (text: string) => string | null): void => {
      const given = record[column] ?? "";
      if (given === "") return;
      const written = read(given);
      if (written !== null) hashes.push(contactHashOf(this.listKey, kind, written).toString("hex"));
      else this.problems.push(`line ${String(line)}: ${wordFor[kind]}`);
    };
    for (const column of email) take("EMAIL", column, writtenEmail);
    for (const column of phone) take("PHONE", column, (text) => writtenNumber(text, this.country));
    if (isEmpty) this.problems.push(`line ${String(line)}: neither address nor number`);
    return hashes;
  }
}

const wordFor = { EMAIL: "the e-mail is not an address", PHONE: "the number cannot be read" };

interface Row {
  readonly record: string[];
  readonly info: Info;
}

async function* recordsOf(file: Readable): AsyncGenerator<Row, void, undefined> {
  try {
    for await (const row of await rowsOf(file)) yield row as Row;
  } catch (error) {
    throw error instanceof CsvError ? stopAt(error) : error;
  }
}

async function rowsOf(file: Readable): Promise<Parser> {
  const text = textOf(file);
  let head = "";
  for (let next = await text.next(); !next.done; next = await text.next()) {
    head += next.value;
    if (/[^\r\n][\r\n]/.test(head)) break;
  }
  async function* whole(): AsyncGenerator<string, void, undefined> {
    yield head;
    yield* text;
  }
  const rows = parse({ ...format, delimiter: separatorIn(firstLineOf(head)) });
  // The error, if any, is thrown where the rows are read.
  pipeline(Readable.from(whole()), rows, () => undefined);
  return rows;
}

const firstLineOf = (text: string): string => /[^\r\n]+/.exec(text)?.[0] ?? "";

async function* textOf(file: Readable): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 1;
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw unreadable(`near line ${String(line)}`, "it is not UTF-8. Save the file as “CSV UTF-8”");
    }
  };
  for await (const chunk of file as AsyncIterable<Uint8Array>) {
    for (const part of linesOf(Buffer.from(chunk))) {
      const text = decoded(part);
      if (text.includes("\0")) throw unreadable(`at line ${String(line)}`, "it is not text");
      if (text.endsWith("\n")) line += 1;
      yield text;
    }
  }
  yield decoded();
}

/** The chunk in pieces that end after a line feed, so that a fault can be given with its line. */
function* linesOf(chunk: Buffer): Generator<Buffer> {
  let from = 0;
  while (from < chunk.length) {
    const feed = chunk.indexOf(10, from);
    const to = feed === -1 ? chunk.length : feed + 1;
    yield chunk.subarray(from, to);
    from = to;
  }
}

function stopAt(error: CsvError): AppError {
  const { lines } = error as { lines?: number };
  const at = `at line ${String(lines)}`;
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return unreadable(at, "a quotation mark is not closed");
  if (error.code.startsWith("CSV_RECORD_INCONSISTENT"))
    return unreadable(
      at,
      "it has more values than the first line has columns. Quote values with a separator",
    );
  return unreadable(at, "it is not CSV");
}

const unreadable = (where: string, what: string): AppError =>
  invalid(`Stopped ${where}: ${what}. Lines after it were not read, and nothing was removed from the list.`);
