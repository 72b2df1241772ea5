/** Takes the lines of a CSV file, once its headings are known. A file may hold several accounts, by their IBAN. */
import { StatementDraft } from "../draft";
import type { Reading } from "../reading";
import type { Statement } from "../statement";
import type { Heading } from "./heading-search";
import { Row, takeRow } from "./row";

export class CsvReader {
  private readonly drafts = new Map<string, StatementDraft>();
  private accountNumber: string | null = null;

  constructor(
    private readonly heading: Heading,
    private readonly reading: Reading,
  ) {}

  /** `line`: where it stands in the file, from 1. */
  take(cells: readonly string[], line: number): void {
    const row = new Row(cells, this.heading.columns);
    if (!this.isOneAccount(row, line)) return;
    const draft = this.draftOf(row.text("iban").replaceAll(" ", "").slice(0, 34));
    const { columns } = this.heading;
    takeRow(row, { word: "line", line, detail: null }, { reading: this.reading, draft, columns });
  }

  finish(): readonly Statement[] {
    if (this.drafts.size === 0) this.draftOf("");
    return [...this.drafts.values()].map((draft) => draft.finish());
  }

  /** Only an IBAN tells which account is ours, so a file with several numbers of accounts cannot be taken. */
  private isOneAccount(row: Row, line: number): boolean {
    const number = row.text("accountNumber").replaceAll(/\s/g, "");
    if (number === "" || row.has("iban")) return true;
    this.accountNumber ??= number;
    if (number === this.accountNumber) return true;
    const message = "it is of another account than the lines before. Export one account at a time.";
    this.reading.faults.add({ word: "line", line, detail: null }, message, "NOT_ALLOWED");
    return false;
  }

  private draftOf(iban: string): StatementDraft {
    const known = this.drafts.get(iban);
    if (known) return known;
    const draft = new StatementDraft(this.reading);
    draft.account = iban === "" ? null : { iban };
    this.drafts.set(iban, draft);
    return draft;
  }
}
