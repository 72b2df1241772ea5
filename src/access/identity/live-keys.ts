/** Decides whether a supplier may have a live API key: after its client has passed the go-live checks in the sandbox. */
import { AppError, invalid } from "../../shared/errors";

/** A check that has not passed, and what to do to pass it. */
export interface MissingCheck {
  readonly check: string;
  readonly todo: string;
}

export interface LiveKeyRequest {
  readonly missing: readonly MissingCheck[];
  readonly byStaff: boolean;
  readonly waiver: string | null;
}

const longestReason = 500;

/** Returns the reason of the waiver, or null when no check is missing. Throws CONFLICT with the missing checks. */
export function checkLiveKey({ missing, byStaff, waiver }: LiveKeyRequest): string | null {
  const reason = waiver === null ? null : checkWaiver(waiver, byStaff);
  if (missing.length === 0) return null;
  if (reason !== null) return reason;
  const list = missing.map(({ check, todo }) => `${check} (${todo})`).join(" ");
  throw new AppError(
    "CONFLICT",
    `A live key is given once the go-live checks have passed in the sandbox. Still missing: ${list} Create a key with environment SANDBOX and query goLive.`,
    { reason: "GO_LIVE_CHECKS_MISSING", missing },
  );
}

/** Returns the reason without blanks around it. */
export function checkWaiver(waiver: string, byStaff: boolean): string {
  if (!byStaff)
    throw invalid("waiveGoLive: only our staff can waive the checks. Leave it out.", {
      reason: "NOT_ALLOWED",
    });
  const reason = waiver.trim();
  if (reason !== "" && reason.length <= longestReason) return reason;
  throw invalid(
    `waiveGoLive must have 1 to ${String(longestReason)} characters: give the reason for waiving the checks.`,
    { reason: reason === "" ? "EMPTY" : "TOO_LONG" },
  );
}
