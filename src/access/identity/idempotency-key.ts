/** The shape of an idempotency key, and why a request with one is refused. Storing keys is idempotency.service.ts. */
import { AppError, invalid } from "../../shared/errors";

export interface OnceKey {
  /** The consumer of the principal, so that the key also holds for a member's later sessions. */
  readonly principal: string;
  readonly operation: string;
  readonly key: string | null | undefined;
  /** The supplier in whose scope the transaction runs; null for staff and workers. */
  readonly supplierId: string | null;
  readonly input: unknown;
}

const maxKeyLength = 200;
/** Most calls to another service have ended by then. */
const retryAfterSeconds = 5;

export function checkKey(key: string): void {
  if (key.length >= 1 && key.length <= maxKeyLength) return;
  throw invalid(`idempotencyKey must have 1 to ${String(maxKeyLength)} characters.`, {
    reason: key.length < 1 ? "EMPTY" : "TOO_LONG",
    field: "idempotencyKey",
  });
}

export const inProgress = (): AppError =>
  new AppError(
    "CONFLICT",
    `The first request with this idempotencyKey is still running. Repeat yours in ${String(retryAfterSeconds)} s.`,
    { reason: "IN_PROGRESS", field: "idempotencyKey", retryAfterSeconds },
  );

export const keyReused = (): AppError =>
  new AppError(
    "CONFLICT",
    "This idempotencyKey was used for another input. Send the first input again, or choose a new key.",
    { reason: "KEY_REUSED", field: "idempotencyKey" },
  );
