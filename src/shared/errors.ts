/**
 * The caller's mistakes. Anything else that is thrown is our own fault: it reaches the client as INTERNAL with an
 * id, and its message only reaches the log.
 */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "INVALID_INPUT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "UNAVAILABLE";

/** One thing that is wrong with an input. */
export interface Fault {
  /** A stable word that programs can compare, such as OUT_OF_RANGE. */
  readonly reason: string;
  /**
   * The path of the value, such as `caps[0].limit`; null when the fault concerns the input as a whole. It starts
   * inside the argument `input`, or with the name of any other argument.
   */
  readonly field: string | null;
  readonly message: string;
  /** What the caller can choose from. */
  readonly [detail: string]: unknown;
}

/** Sent to clients as extensions of the error, so it never contains personal data. */
export interface ErrorDetails {
  readonly reason?: string;
  readonly field?: string | null;
  /** Only for INVALID_INPUT: every fault of the input, the first of which the error itself describes. */
  readonly faults?: readonly Fault[];
  /** When it is worth trying again. */
  readonly retryAfterSeconds?: number;
  readonly [detail: string]: unknown;
}

export class AppError extends Error {
  /** The message says what is wrong and how to fix it. It never repeats personal data. */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = "AppError";
  }
}

/** The input is not valid. `details` should name the reason and the field; see src/shared/faults.ts for several faults. */
export const invalid = (message: string, details?: ErrorDetails): AppError =>
  new AppError("INVALID_INPUT", message, details);

export const notFound = (what: string): AppError =>
  new AppError("NOT_FOUND", `There is no such ${what}, or it is not yours.`);

/** Something that this installation has no settings for, such as card payments without Stripe. */
export const notConfigured = (message: string): AppError =>
  new AppError("UNAVAILABLE", message, { reason: "NOT_CONFIGURED" });

/** `message` says what there was too much of; when to try again is added to it. */
export function rateLimited(message: string, retryAfterSeconds: number): AppError {
  const later = `Try again in ${String(retryAfterSeconds)} s.`;
  return new AppError("RATE_LIMITED", `${message} ${later}`, { retryAfterSeconds });
}
