/** What every reader of a statement file works with. */
import { FaultLog } from "./faults";
import type { Place } from "./statement";

/** A value that cannot be taken, in words that follow "line 5:". */
export interface Trouble {
  readonly message: string;
  readonly reason: string;
}

export const trouble = (message: string, reason = "MALFORMED"): Trouble => ({ message, reason });

export const isTrouble = (value: unknown): value is Trouble =>
  typeof value === "object" && value !== null && "message" in value && "reason" in value;

/** The values without trouble, or null when any is in trouble; each trouble is reported. */
export function soundOr<const T extends readonly unknown[]>(
  values: T,
  report: (trouble: Trouble) => void,
): { readonly [Index in keyof T]: Exclude<T[Index], Trouble> } | null {
  const troubles = values.filter(isTrouble);
  troubles.forEach(report);
  return troubles.length > 0 ? null : (values as { [Index in keyof T]: Exclude<T[Index], Trouble> });
}

/** More lines than an account has in years; it bounds the memory that a file can take. */
export const mostLines = 50_000;

export class Reading {
  readonly faults = new FaultLog();
  private lines = 0;

  constructor(
    /** The day in Paris, "YYYY-MM-DD". */
    readonly today: string,
    /** A stable digest of a text, in letters and digits. */
    readonly digest: (text: string) => string,
  ) {}

  /** The values of a line, or null when any is in trouble, which is then a fault of the line. */
  soundAt<const T extends readonly unknown[]>(
    place: Place,
    values: T,
  ): { readonly [Index in keyof T]: Exclude<T[Index], Trouble> } | null {
    return soundOr(values, ({ message, reason }) => this.faults.add(place, message, reason));
  }

  /** Counts what is kept of the file, and ends when it is too much. */
  countLine(): void {
    this.lines += 1;
    if (this.lines > mostLines) this.tooMany();
  }

  tooMany(): never {
    return this.faults.end(`content: at most ${String(mostLines)} lines at a time.`, "TOO_MANY");
  }
}

/** Reads a file from its text, piece by piece. */
export interface TextReader<Result> {
  push(text: string): void;
  /** Works on what was pushed, as much as should happen in one turn. Whether something is left. */
  proceed(): boolean;
  finish(): Result;
}
