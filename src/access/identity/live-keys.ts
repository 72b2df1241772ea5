/** When a supplier's machine may work on real leads: after it has shown in the sandbox that it can. */
import { AppError, invalid } from "../../shared/errors";

/** A check that has not passed, and what to do so that it does. */
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

/** The reason for which staff let it pass; null when there is nothing to let pass. */
export function checkLiveKey({ missing, byStaff, waiver }: LiveKeyRequest): string | null {
  const reason = waiver === null ? null : checkWaiver(waiver, byStaff);
  if (missing.length === 0) return null;
  if (reason !== null) return reason;
  const list = missing.map(({ check, todo }) => `${check} (${todo})`).join(" ");
  throw new AppError(
    "CONFLICT",
    `A live key is given once the go-live checks have passed in the sandbox. Still missing: ${list} Make a key with environment SANDBOX and ask goLive.`,
    { missing },
  );
}

function checkWaiver(waiver: string, byStaff: boolean): string {
  if (!byStaff) throw invalid("waiveGoLive: only our staff can waive the checks. Leave it out.");
  const reason = waiver.trim();
  if (reason !== "" && reason.length <= longestReason) return reason;
  throw invalid(`waiveGoLive takes 1 to ${String(longestReason)} characters: say why the checks are waived.`);
}
