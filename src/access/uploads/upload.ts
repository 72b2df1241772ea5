/** What an upload is, how long it is kept, and how many a caller may have. The bounds of its size are in limits.ts. */
import { AppError, rateLimited } from "../../shared/errors";

export interface Upload {
  readonly id: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly completedAt: Date;
}

/** What an uploader has under way or unused. */
export interface Held {
  readonly receiving: number;
  readonly unused: number;
  /** When the first of the unused uploads expires; null without any. */
  readonly nextExpiry: Date | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** An unused upload expires after this time. */
export const lifetimeMs = hourMs;
/** The content stays as long after its use, for work in the background that began with it. */
export const readableAfterUseMs = 24 * hourMs;
/** Used uploads are remembered as long as idempotency keys, so that a repeated request finds its upload. */
export const rememberedMs = 30 * 24 * hourMs;
/** More than an upload can take: what is still not complete by then was left behind by a process that died. */
export const abandonedAfterMs = 10 * minuteMs;

export const mostAtOnce = 3;
export const mostUnused = 10;
const retryAfterSeconds = 10;

export const expiryOf = ({ completedAt }: Pick<Upload, "completedAt">): Date =>
  new Date(completedAt.getTime() + lifetimeMs);

/** Throws RATE_LIMITED when the uploader may not begin another upload now. */
export function checkRoom({ receiving, unused, nextExpiry }: Held, now: Date): void {
  if (receiving >= mostAtOnce) {
    const most = `You are already sending ${String(mostAtOnce)} files, the most at a time.`;
    throw rateLimited(most, retryAfterSeconds);
  }
  if (receiving + unused < mostUnused) return;
  const waitMs = nextExpiry === null ? 0 : nextExpiry.getTime() - now.getTime();
  const seconds = Math.max(retryAfterSeconds, Math.ceil(waitMs / 1000));
  throw rateLimited(`You have ${String(mostUnused)} uploads that were not used, the most. Use one.`, seconds);
}

export const alreadyUsed = (): AppError =>
  new AppError("CONFLICT", "This upload was used before, and it works once. Upload the file again.", {
    reason: "UPLOAD_USED",
    field: "uploadId",
  });

export const expiredMeanwhile = (): AppError =>
  new AppError(
    "CONFLICT",
    "The earlier upload of this Idempotency-Key has just expired. Send the file again.",
    {
      reason: "IN_PROGRESS",
      field: "idempotencyKey",
      retryAfterSeconds: 1,
    },
  );
