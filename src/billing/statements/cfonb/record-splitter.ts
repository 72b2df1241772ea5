/** Splits a CFONB 120 file into its records, which stand in lines or follow each other without line breaks. */
import type { FaultLog } from "../faults";
import { recordLength } from "./records";

/** Takes a record and its number from 1: of the line, or of the record where there are no lines. */
type Take = (record: string, line: number) => void;

const endOfFile = /[\u001a\s]+$/;

export class RecordSplitter {
  private waiting = "";
  private line = 0;
  private hasLines: boolean | null = null;

  constructor(
    private readonly take: Take,
    private readonly faults: FaultLog,
  ) {}

  push(text: string): void {
    this.waiting += text;
    if (this.hasLines === null && this.waiting.length <= recordLength + 1) return;
    this.hasLines ??= /[\r\n]/.test(this.waiting.slice(0, recordLength + 1));
    this.split();
  }

  finish(): void {
    if (this.hasLines !== null) this.split();
    const rest = this.waiting.replace(endOfFile, "");
    // The last line needs no line break; a short file has been kept until now.
    for (const line of rest === "" ? [] : rest.split(/\r\n|\n|\r/)) this.takeLine(line);
  }

  private split(): void {
    let from = 0;
    for (;;) {
      const end = this.hasLines ? this.endOfLine(from) : from + recordLength;
      if (end === null || end > this.waiting.length) break;
      this.takeLine(this.waiting.slice(from, end));
      from = this.hasLines ? this.afterBreak(end) : end;
    }
    this.waiting = this.waiting.slice(from);
    if (this.waiting.length > 10 * recordLength)
      this.faults.end("content is not CFONB 120: a line is too long.");
  }

  private endOfLine(from: number): number | null {
    const [feed, carriage] = [this.waiting.indexOf("\n", from), this.waiting.indexOf("\r", from)];
    if (carriage === -1) return feed === -1 ? null : feed;
    const end = feed === -1 ? carriage : Math.min(feed, carriage);
    // A carriage return at the end of a piece may belong to the line feed that comes next.
    return end === this.waiting.length - 1 && end === carriage ? null : end;
  }

  private afterBreak(end: number): number {
    return end + (this.waiting.startsWith("\r\n", end) ? 2 : 1);
  }

  private takeLine(line: string): void {
    this.line += 1;
    const record = line.replace(endOfFile, "");
    if (record !== "") this.take(record.padEnd(recordLength), this.line);
  }
}
