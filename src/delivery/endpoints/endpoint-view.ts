/** An endpoint as its supplier sees it, which is everything except the secrets, and the attempts of its log. */
import type { FeedKind } from "../../account/feed";
import { limitsOf, type LimitColumns, type Limits } from "../../access/identity";
import { circuitOf, type Circuit } from "./circuit";
import type { Destination, PauseReason } from "./endpoint";
import type { FailureReason } from "./sender";

export interface EndpointView extends Omit<Destination, "secrets"> {
  readonly status: "ACTIVE" | "PAUSED";
  readonly pauseReason: PauseReason | null;
  readonly pausedAt: Date | null;
  readonly createdAt: Date;
  readonly circuit: Circuit;
  readonly oldSecretUntil: Date | null;
  readonly limits: Limits | null;
  readonly version: number;
}

/** An attempt as it stands in the delivery log. */
export interface AttemptView {
  readonly id: string;
  readonly supplierId: string;
  readonly at: Date;
  /** null for a test. */
  readonly position: number | null;
  readonly event: FeedKind | "TEST";
  readonly number: number;
  readonly delivered: boolean;
  readonly status: number | null;
  readonly reason: FailureReason | null;
  readonly durationMs: number;
}

interface Row extends LimitColumns {
  readonly status: "ACTIVE" | "PAUSED";
  readonly pauseReason: PauseReason | null;
  readonly pausedAt: Date | null;
  readonly createdAt: Date;
  readonly previousSecretUntil: Date | null;
  readonly version: number;
}

export function viewOf(row: Row, { secrets: _, ...rest }: Destination, at: Date): EndpointView {
  const { status, pauseReason, pausedAt, createdAt, version, previousSecretUntil: until } = row;
  const limits = limitsOf(row);
  const oldSecretUntil = until !== null && at < until ? until : null;
  const circuit = circuitOf(rest, at);
  return { ...rest, status, pauseReason, pausedAt, createdAt, oldSecretUntil, limits, circuit, version };
}
