/** Reads a supplier's customer file line by line and yields hashes in batches. Nothing of the file is stored. */
import type { Readable } from "node:stream";
import { parse, type Info, type Options } from "csv-parse";
import { writtenNumber } from "../../people/leads";
import { writtenEmail } from "../../shared/contact-text";
import { invalid } from "../../shared/errors";
import { contactHashOf } from "./hash.service";
import { hashesPerCall } from "./read-hashes";

export type CountryCode = Parameters<typeof writtenNumber>[1];

const columnNames = {
  email: ["email", "e-mail", "mail", "courriel", "adresse e-mail", "adresse email"],
  phone: ["phone", "telephone", "tel", "mobile", "portable", "numero", "numero de telephone"],
};

/** With all lines as a record: `bom` and any of three separators, as spreadsheets write them. */
const format: Options = {
  bom: true,
  delimiter: [",", ";", "\t"],
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  trim: true,
};

interface Columns {
  readonly email: number;
  readonly phone: number;
}

export class CustomerFile {
  lines = 0;
  /** The problems by line number, without the content of the line. */
  readonly problems: string[] = [];

  constructor(
    private readonly listKey: Buffer,
    private readonly country: CountryCode,
  ) {}

  async *read(file: Readable): AsyncGenerator<string[], void, undefined> {
    let columns: Columns | null = null;
    let batch = new Set<string>();
    const rows = file.pipe(parse(format));
    file.on("error", (error) => rows.destroy(error));
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: Info }>) {
      if (columns === null) {
        columns = columnsIn(record);
        continue;
      }
      this.lines += 1;
      for (const hash of this.hashesIn(record, columns, info.lines)) batch.add(hash);
      if (batch.size < hashesPerCall - 1) continue;
      yield [...batch];
      batch = new Set();
    }
    if (columns === null)
      throw invalid("The file is empty: its first line names the columns email and phone.");
    if (batch.size > 0) yield [...batch];
  }

  private hashesIn(record: readonly string[], columns: Columns, line: number): string[] {
    const [email = "", phone = ""] = [record[columns.email], record[columns.phone]];
    const hashes: string[] = [];
    const take = (kind: "EMAIL" | "PHONE", given: string, written: string | null): void => {
      if (written !== null) hashes.push(contactHashOf(this.listKey, kind, written).toString("hex"));
      else if (given !== "") this.problems.push(`line ${String(line)}: ${wordFor[kind]}`);
    };
    take("EMAIL", email, writtenEmail(email));
    take("PHONE", phone, writtenNumber(phone, this.country));
    if (email === "" && phone === "") this.problems.push(`line ${String(line)}: neither address nor number`);
    return hashes;
  }
}

const wordFor = { EMAIL: "the e-mail is not an address", PHONE: "the number cannot be read" };

function columnsIn(header: readonly string[]): Columns {
  const plain = header.map((name) => name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim());
  const at = (names: readonly string[]): number => plain.findIndex((name) => names.includes(name));
  const columns = { email: at(columnNames.email), phone: at(columnNames.phone) };
  if (columns.email === -1 && columns.phone === -1) {
    throw invalid("The first line names no column email or phone: add them above the data.");
  }
  return columns;
}
