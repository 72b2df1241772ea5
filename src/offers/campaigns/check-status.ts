/** May a campaign be given this status? An archived one never changes again. */
import { AppError, invalid } from "../../shared/errors";
import { type StatusWithPause } from "./status";
import { type CampaignStatus } from "./terms";

export interface StatusInput {
  readonly status: CampaignStatus;
  readonly resumeAt?: Date | null | undefined;
}

const longestPauseMs = 366 * 86_400_000;

/** Returns the new status with the end of its pause, or throws what is wrong with the input. */
export function checkStatus(
  now: CampaignStatus,
  { status, resumeAt }: StatusInput,
  at: Date,
): StatusWithPause {
  if (now === "ARCHIVED" && status !== "ARCHIVED") throw archived();
  if (resumeAt == null) return { status, pausedUntil: null };
  if (status !== "PAUSED") {
    throw invalid("resumeAt is the end of a pause: give it with status PAUSED, or leave it out.", {
      reason: "NOT_ALLOWED",
      field: "resumeAt",
    });
  }
  const pauseMs = resumeAt.getTime() - at.getTime();
  if (pauseMs <= 0 || pauseMs > longestPauseMs) {
    throw invalid(
      "resumeAt must be in the future, at most a year from now. To pause without an end, leave it out.",
      { reason: pauseMs <= 0 ? "IN_THE_PAST" : "OUT_OF_RANGE", field: "resumeAt" },
    );
  }
  return { status, pausedUntil: resumeAt };
}

export const archived = (): AppError =>
  new AppError("CONFLICT", "This campaign is archived for good. Create a new one.", { reason: "ARCHIVED" });
