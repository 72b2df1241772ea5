/**
 * The caller's mistakes. Anything else that is thrown is ours: it reaches the client as INTERNAL
 * with an id, and its message only reaches the log.
 */
export type ErrorCode =
  "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "INVALID_INPUT" | "CONFLICT" | "RATE_LIMITED";

export class AppError extends Error {
  /** The message says what is wrong and how to mend it; it never repeats personal data. */
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** What the caller can choose from, as data: sent as extensions, so never personal either. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "AppError";
  }
}

export const invalid = (message: string, details?: Readonly<Record<string, unknown>>): AppError =>
  new AppError("INVALID_INPUT", message, details);
export const notFound = (what: string): AppError =>
  new AppError("NOT_FOUND", `There is no such ${what}, or it is not yours.`);
