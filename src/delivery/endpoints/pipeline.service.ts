/**
 * Reads the next events of one endpoint, sends them, and records the results. If the process dies in between, the
 * current event is sent again with the same message id: delivery is at least once.
 *
 * Each attempt reads the event again, with the endpoint's permissions and the current consent. The queue consists of
 * positions in a feed and holds no personal data.
 */
import type { EntityManager } from "typeorm";
import type { EndpointPauseReason, FeedReads, PlacedEntry } from "../../account/feed";
import { elapsedMs, type Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { failpoint } from "../../platform/failpoint";
import { afterAttempt, freshAt, type Aftermath } from "./after-attempt";
import type { DeliveryLog, LoggedAttempt } from "./delivery-log.service";
import type { EndpointProgress } from "./endpoint";
import type { EndpointEntity } from "./endpoint.entity";
import { DocumentInvalid } from "./event-documents";
import type { Leases } from "./leases.service";
import { scopeOfEndpoint, type EventSender } from "./event-sender.service";
import type { Pauses } from "./pauses.service";
import type { Sent } from "./sender";

export interface PipelineDeps {
  readonly transact: Transact;
  readonly reads: FeedReads;
  readonly pauses: Pauses;
  readonly leases: Leases;
  readonly eventSender: EventSender;
  readonly log: DeliveryLog;
  readonly clock: Clock;
  /** A random number from 0 to 1. */
  readonly draw: () => number;
  /** Called with internal errors that kept a message from being written. */
  readonly onError: (error: unknown) => void;
  readonly attempted: (kind: EndpointEntity["kind"], outcome: string) => void;
}

const batchSize = 50;
/** After this time the slot is released, so that a slow endpoint does not occupy it. */
const runMs = 2_000;
const ownFaultWaitMs = 5_000;

export class Pipeline {
  constructor(private readonly deps: PipelineDeps) {}

  /** Sends a claimed endpoint's next events, at most a batch, and releases it. */
  async run(row: EndpointEntity, signal: AbortSignal): Promise<void> {
    try {
      await this.batch(row, signal);
    } catch (error) {
      if (signal.aborted) return;
      await this.tryLater(row);
      throw error;
    } finally {
      await this.deps.transact({ role: "worker" }, (tx) => this.deps.leases.release(tx, row));
    }
  }

  private async batch(row: EndpointEntity, signal: AbortSignal): Promise<void> {
    const scope = scopeOfEndpoint(row);
    const { events, through } = await this.deps.reads.after({ scope, after: row.position, limit: batchSize });
    const current = await this.sendAll(row, events, signal);
    // Events that were not returned are outside the endpoint's scope.
    if (current !== null && through > current.position) await this.passOver(current, through);
  }

  /** Sends in order until the time is up or an event fails. Returns null when events are left for later. */
  private async sendAll(
    row: EndpointEntity,
    entries: readonly PlacedEntry[],
    signal: AbortSignal,
  ): Promise<EndpointEntity | null> {
    let current: EndpointEntity | null = row;
    const until = this.deps.clock.now().getTime() + runMs;
    for (const entry of entries) {
      if (signal.aborted || this.deps.clock.now().getTime() >= until) return null;
      if (!this.deps.eventSender.concerns(current, entry.kind)) continue;
      current = await this.sendOne(current, entry, signal);
      // After a failure the position is unchanged, and later events must wait even if its retry is already due.
      if (current === null || current.position < entry.position) return null;
    }
    return current;
  }

  /** The endpoint after the attempt; null when this process must stop sending to it for now. */
  private async sendOne(
    row: EndpointEntity,
    entry: PlacedEntry,
    signal: AbortSignal,
  ): Promise<EndpointEntity | null> {
    const [at, begun] = [this.deps.clock.now(), elapsedMs()];
    const sent = await this.deps.eventSender.send(row, entry, signal).catch((error: unknown) => {
      if (error instanceof DocumentInvalid) return error;
      if (signal.aborted) throw error;
      this.deps.onError(error);
      return ourFault;
    });
    if (sent instanceof DocumentInvalid) return this.stop(row);
    failpoint("endpoint.after-send");
    const durationMs = Math.round(elapsedMs() - begun);
    this.deps.attempted(row.kind, sent.kind === "DELIVERED" ? "DELIVERED" : sent.reason);
    const after = afterAttempt(row, { position: entry.position, sent, at, draw: this.deps.draw() });
    const logged = { endpoint: row, event: entry, number: row.attempts + 1, sent, at, durationMs };
    return this.record(row, logged, after);
  }

  private async record(
    row: EndpointEntity,
    logged: LoggedAttempt,
    { progress, dead, pause }: Aftermath,
  ): Promise<EndpointEntity | null> {
    const { log } = this.deps;
    const moved = await this.change(row, { progress, pause }, async (tx) => {
      await log.write(tx, logged);
      if (dead) await log.addDeadLetter(tx, logged, dead);
    });
    if (!moved || pause !== null || progress.nextTryAt > this.deps.clock.now()) return null;
    // Read the row again, because its target, document or status may have changed during the attempt.
    return this.deps.leases.current(row);
  }

  private async stop(row: EndpointEntity): Promise<null> {
    const nothing = (): Promise<void> => Promise.resolve();
    await this.change(row, { progress: row, pause: "DOCUMENT_INVALID" }, nothing);
    return null;
  }

  private async passOver(row: EndpointEntity, position: number): Promise<void> {
    const progress = {
      ...freshAt(position, row.nextTryAt),
      failures: row.failures,
      failingSince: row.failingSince,
    };
    await this.deps.transact({ role: "worker" }, (tx) =>
      this.deps.leases.move(tx, row, { from: row.position, progress }),
    );
  }

  /** After an internal error: does not count as a failure of the endpoint, and the delay prevents a busy loop. */
  private async tryLater(row: EndpointEntity): Promise<void> {
    await this.deps.transact({ role: "worker" }, (tx) =>
      this.deps.leases.postpone(tx, row, new Date(this.deps.clock.now().getTime() + ownFaultWaitMs)),
    );
  }

  private async change(
    row: EndpointEntity,
    { progress, pause }: { progress: EndpointProgress; pause: EndpointPauseReason | null },
    write: (tx: EntityManager) => Promise<void>,
  ): Promise<boolean> {
    const move = async (tx: EntityManager): Promise<boolean> => {
      if (!(await this.deps.leases.move(tx, row, { from: row.position, progress }))) return false;
      await write(tx);
      return true;
    };
    if (pause === null) return this.deps.transact({ role: "worker" }, move);
    return this.deps.pauses.pause(row, pause, move);
  }
}

const ourFault: Sent = { kind: "FAILED", reason: "OUR_FAULT", status: null, retryAfterMs: null };
