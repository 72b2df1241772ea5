/** The body of a webhook, and what the receiver's answer means. */
import type { FeedKind } from "../../account/feed";
import type { Failure, Sent } from "./sender";

/** LEAD_MATCHED becomes LeadMatched, the name of the type in GraphQL. */
export const typeNameOf = (kind: FeedKind): string =>
  kind
    .split("_")
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join("");

export interface WebhookBody {
  readonly type: string;
  /** When the event happened, not when it was sent. */
  readonly timestamp: Date;
  readonly data: unknown;
}

export const bodyText = ({ type, timestamp, data }: WebhookBody): string =>
  JSON.stringify({ type, timestamp: timestamp.toISOString(), data });

/** The body of a test message, with a type that no event has. */
export const testBody = (endpointId: string, at: Date): WebhookBody => ({
  type: "Test",
  timestamp: at,
  data: { endpointId, message: "This is a test message. It concerns no event and no person." },
});

const refusals: readonly number[] = [400, 413, 422];

export function sentBy({ status, retryAfterMs }: { status: number; retryAfterMs: number | null }): Sent {
  if (status >= 200 && status < 300) return { kind: "DELIVERED", status };
  return { kind: "FAILED", reason: reasonOf(status), status, retryAfterMs };
}

function reasonOf(status: number): Failure["reason"] {
  if (status >= 300 && status < 400) return "REDIRECTED";
  if (status === 410) return "GONE";
  return refusals.includes(status) ? "REFUSED" : "NOT_ACCEPTED";
}

/** Reads a Retry-After header, in seconds or as a date; null when it is neither. */
export function retryAfterMs(header: string | null, at: Date): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const until = header.endsWith(" GMT") ? Date.parse(header) : Number.NaN;
  return Number.isNaN(until) ? null : Math.max(0, until - at.getTime());
}
