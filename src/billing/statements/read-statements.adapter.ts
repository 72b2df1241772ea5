/** Reads a statement file of a bank from a stream of bytes. The formats themselves are pure; this only feeds them. */
import { invalid } from "../../shared/errors";
import type { Statement, StatementFormat } from "./statement";

export interface ReadOptions {
  /** The day in Paris, "YYYY-MM-DD": nothing can be booked after it. */
  readonly today: string;
}

/**
 * Reads and checks everything before it returns anything. A file at fault is one INVALID_INPUT that names each bad
 * line in `faults` and `lines`: at most 100, and `unlistedFaults` counts the others.
 */
export function readStatements(
  format: StatementFormat,
  _bytes: AsyncIterable<Uint8Array>,
  _options: ReadOptions,
): Promise<readonly Statement[]> {
  return Promise.reject(
    invalid(`${format} cannot be read yet.`, { reason: "NOT_ALLOWED", field: "content" }),
  );
}
