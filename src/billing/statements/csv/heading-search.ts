/** Finds the line with the headings. Banks write lines of their own before it: the account, a balance, a period. */
import type { Reading } from "../reading";
import { oneLine } from "../text";
import { columnsOf, missingFrom, type Columns } from "./headings";

export type Delimiter = (typeof delimiters)[number];
const delimiters = [";", "\t", ","] as const;

export interface Heading {
  readonly columns: Columns;
  readonly delimiter: Delimiter;
  /** Of the line with the headings, from 1. */
  readonly line: number;
}

const mostPreamble = 60;
const longestHeading = 20_000;

interface Candidate extends Heading {
  readonly cells: readonly string[];
  readonly missing: readonly string[];
  readonly found: number;
}

export class HeadingSearch {
  private waiting = "";
  private line = 0;
  private best: Candidate | null = null;

  constructor(private readonly reading: Reading) {}

  /** The headings and the text after them, or null while they have not come. */
  push(text: string): readonly [Heading, string] | null {
    this.waiting += text;
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.waiting);
      if (!end) break;
      const line = this.waiting.slice(0, end.index);
      this.waiting = this.waiting.slice(end.index + end[0].length);
      if (this.isHeading(line) && this.best) return [this.best, this.waiting];
    }
    if (this.waiting.length > longestHeading) this.fail();
    return null;
  }

  /** The file has ended, perhaps with the line of the headings. */
  finish(): Heading {
    if (this.isHeading(this.waiting.replace(/\r$/, "")) && this.best) return this.best;
    return this.fail();
  }

  private isHeading(line: string): boolean {
    this.line += 1;
    if (this.line > mostPreamble) this.fail();
    for (const delimiter of delimiters) {
      const cells = cellsOf(line, delimiter);
      const columns = columnsOf(cells);
      const missing = missingFrom(columns);
      const found = Object.keys(columns.at).length + columns.remittances.length;
      const candidate = { columns, delimiter, line: this.line, cells, missing, found };
      if (missing.length === 0) {
        this.best = candidate;
        return true;
      }
      if (this.best === null || found > this.best.found) this.best = candidate;
    }
    return false;
  }

  /** Names the columns of the line that looks most like headings. */
  private fail(): never {
    const { best } = this;
    const cells = best?.cells.map((cell) => oneLine(cell, 40)).filter((cell) => cell !== "") ?? [];
    if (best === null || best.found === 0)
      return this.reading.faults.end(`content is not CSV with a line of headings. ${wanted}`, "REQUIRED");
    return this.reading.faults.end(
      `content is CSV without a column for ${best.missing.join(" and ")}. The columns found in line ` +
        `${String(best.line)}: ${cells.slice(0, 30).join(", ")}. ${wanted}`,
      "REQUIRED",
    );
  }
}

const wanted =
  "The columns wanted: reference, booked_on, amount, remittance, counterparty, " +
  "or those of a bank, such as Date, Libellé, Débit and Crédit, or Date, Libellé and Montant.";

/** Headings hold no delimiter and no line break, so quotes are only taken off. */
const cellsOf = (line: string, delimiter: Delimiter): string[] =>
  line.split(delimiter).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/s, "$1")
      .trim(),
  );
