/** Collects what is wrong with a file, so that one answer names every bad line. */
import { AppError, type Fault } from "../../shared/errors";
import { errorOf } from "../../shared/faults";
import type { Place } from "./statement";

/** The rest is counted: nobody reads more at once. */
const mostFaults = 100;

export const wordsOf = ({ word, line, detail }: Place): string =>
  `${word} ${String(line)}${detail === null ? "" : `, transaction ${String(detail)}`}`;

export class FaultLog {
  private readonly faults: Fault[] = [];
  private unlisted = 0;

  get count(): number {
    return this.faults.length + this.unlisted;
  }

  add(place: Place, message: string, reason = "MALFORMED"): void {
    const { line, detail } = place;
    const where = detail === null ? { line } : { line, detail };
    this.put({ ...where, reason, field: "content", message: `${wordsOf(place)}: ${message}` });
  }

  /** A fault of the file rather than of one line. */
  addOfFile(message: string, reason = "MALFORMED"): void {
    this.put({ reason, field: "content", message });
  }

  throwIfAny(): void {
    if (this.count > 0) throw this.error();
  }

  /** When nothing more can be read: what was found so far, and why it ends here. */
  end(message: string, reason = "MALFORMED"): never {
    this.addOfFile(message, reason);
    throw this.error();
  }

  private put(fault: Fault): void {
    if (this.faults.length < mostFaults) this.faults.push(fault);
    else this.unlisted += 1;
  }

  private error(): AppError {
    // A record may be checked later than the ones after it.
    const sorted = this.faults.toSorted((one, other) => numberOf(one.line) - numberOf(other.line));
    const { message, details } = errorOf(sorted);
    const lines = sorted.filter(({ line }) => line !== undefined).map(({ field: _, ...rest }) => rest);
    return new AppError("INVALID_INPUT", message, { ...details, lines, unlistedFaults: this.unlisted });
  }
}

/** Faults of the file come last: they often follow from those of its lines. */
const numberOf = (line: unknown): number => (typeof line === "number" ? line : Number.MAX_SAFE_INTEGER);
