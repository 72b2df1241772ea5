/**
 * What an update does to a field: a field that is absent from the input keeps its value, and null sets the default.
 * A field without a default refuses null.
 */
import { AppError, invalid } from "./errors";

/** What a client sent for a field; undefined when it left the field out. */
export type Sent<T> = T | null | undefined;

export function updated<T, D>(
  sent: Sent<T>,
  { current, byDefault }: { current: T | D; byDefault: D },
): T | D {
  if (sent === undefined) return current;
  return sent === null ? byDefault : sent;
}

/** For a field without a default. `field` is its path in the input. */
export function updatedRequired<T>(field: string, sent: Sent<T>, current: T | undefined): T {
  if (sent === null)
    throw invalid(`${field} has no default. Leave it out to keep its value.`, {
      reason: "NULL_NOT_ALLOWED",
      field,
    });
  if (sent !== undefined) return sent;
  if (current === undefined) throw invalid(`${field} is required.`, { reason: "REQUIRED", field });
  return current;
}

/** Refuses a change that was made from an older version than the current one. Without `ifVersion` nothing is checked. */
export function checkVersion(current: number, ifVersion: number | null | undefined): void {
  if (ifVersion === null || ifVersion === undefined || ifVersion === current) return;
  throw new AppError(
    "CONFLICT",
    `It was changed since version ${String(ifVersion)}; its version is now ${String(current)}. Read it again, then repeat your change.`,
    { reason: "VERSION_CHANGED", field: "ifVersion", version: current },
  );
}
