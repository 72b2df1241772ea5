/** Collects what is wrong with a file, so that one answer names every bad line. */
import type { AppError, Fault } from "../../shared/errors";
import { errorOf } from "../../shared/faults";
import type { Place } from "./statement";

/** Nobody reads more at once. If there are more, the last one listed counts the others. */
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
    if (this.unlisted === 0) return errorOf(sorted);
    const others = this.unlisted + 1;
    const message = `${String(others)} more faults are not listed.`;
    return errorOf([...sorted.slice(0, mostFaults - 1), { reason: "TOO_MANY", field: "content", message }]);
  }
}

/** Faults of the file come last: they often follow from those of its lines. */
const numberOf = (line: unknown): number => (typeof line === "number" ? line : Number.MAX_SAFE_INTEGER);
