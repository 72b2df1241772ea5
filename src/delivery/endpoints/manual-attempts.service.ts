/**
 * Attempts that a supplier requests: a test, or a dead letter sent again. Neither moves the endpoint's position. One
 * idempotency key makes one attempt; only a process that is killed during it may make a second one.
 */
import { wholeOf, type IdempotencyService, type OnceKey } from "../../access/identity";
import type { FeedReads, PlacedEntry } from "../../account/feed";
import { elapsedMs, timeoutSignal, type Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import type { RateLimiter } from "../../platform/rate-limiter";
import { AppError, notFound, rateLimited } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { DeliveryLog } from "./delivery-log.service";
import { DeadLetterEntity, EndpointAttemptEntity, type EndpointEntity } from "./endpoint.entity";
import type { Editor } from "./editor";
import { owned } from "./endpoint-book.service";
import { DocumentInvalid } from "./event-documents";
import { scopeOfEndpoint, type EventSender } from "./event-sender.service";
import type { Sent } from "./sender";

export interface ManualAttemptsDeps {
  readonly transact: Transact;
  readonly idempotency: IdempotencyService;
  readonly eventSender: EventSender;
  readonly log: DeliveryLog;
  readonly reads: FeedReads;
  readonly clock: Clock;
  /** Limits attempts per supplier, so that nobody can make us send requests to other servers without end. */
  readonly rate: RateLimiter;
}

/** The endpoint or dead letter, and the idempotency key. */
export interface ManualAttempt {
  readonly id: string;
  readonly key: string;
}

/** Shorter than the usual ten seconds, because the supplier's own request waits for the result. */
const longestMs = 7_000;

export class ManualAttempts {
  constructor(private readonly deps: ManualAttemptsDeps) {}

  /** Sends a test message, signed like any other and without personal data. */
  async test(editor: Editor, { id, key }: ManualAttempt): Promise<EndpointAttemptEntity> {
    const { supplierId } = editor;
    return this.once(editor, { operation: "testEndpoint", key, input: { id } }, async () => {
      const row = await this.inside(supplierId, (tx) => owned(tx, { supplierId, id }));
      return (await this.attempt(row, { event: null, number: 1 })).id;
    });
  }

  /**
   * Sends a dead letter again with its original message id, so that a receiver that did get it recognises it. Once
   * delivered, it is no longer a dead letter.
   */
  async resend(editor: Editor, { id, key }: ManualAttempt): Promise<EndpointAttemptEntity> {
    return this.once(editor, { operation: "resendDeadLetter", key, input: { id } }, () =>
      this.sendAgain(editor.supplierId, id),
    );
  }

  private async sendAgain(supplierId: string, deadLetterId: string): Promise<string> {
    const { letter, row } = await this.inside(supplierId, async (tx) => {
      const found = isId(deadLetterId)
        ? await tx.findOneBy(DeadLetterEntity, { id: deadLetterId, supplierId })
        : null;
      if (!found) throw notFound("dead letter");
      return { letter: found, row: await owned(tx, { supplierId, id: found.endpointId }) };
    });
    const asked = { scope: scopeOfEndpoint(row), after: letter.position - 1, limit: 1 };
    const [event] = (await this.deps.reads.after(asked)).events;
    // If the feed has dropped the event since, it returns a gap event in its place.
    if (event?.position !== letter.position || event.kind !== letter.event) throw notFound("dead letter");
    const { id, sent } = await this.attempt(row, { event, number: letter.attempts + 1 });
    if (sent.kind === "DELIVERED") {
      await this.inside(supplierId, (tx) => tx.delete(DeadLetterEntity, { id: letter.id }));
    }
    return id;
  }

  /** The attempt that was made for this key. The log keeps it as long as keys are kept. */
  private async once(
    { supplierId, actor }: Editor,
    asked: Pick<OnceKey, "operation" | "key" | "input">,
    work: () => Promise<string>,
  ): Promise<EndpointAttemptEntity> {
    const id = await this.deps.idempotency.onceAcross(
      (inner) => this.inside(supplierId, inner),
      { ...asked, principal: actor, supplierId },
      work,
    );
    const attempt = await this.inside(supplierId, (tx) =>
      tx.findOneBy(EndpointAttemptEntity, { id, supplierId }),
    );
    if (!attempt) throw notFound("attempt");
    return attempt;
  }

  private async attempt(
    row: EndpointEntity,
    { event, number }: { event: PlacedEntry | null; number: number },
  ): Promise<{ id: string; sent: Sent }> {
    const { rate, eventSender, log, clock } = this.deps;
    const seconds = await rate.secondsToWait(row.supplierId);
    if (seconds > 0) throw rateLimited("Too many manual attempts.", seconds);
    const [at, begun] = [clock.now(), elapsedMs()];
    const sent = await eventSender.send(row, event, timeoutSignal(longestMs)).catch(failureOrThrow);
    const durationMs = Math.round(elapsedMs() - begun);
    const id = await this.inside(row.supplierId, (tx) =>
      log.write(tx, { endpoint: row, event, number, sent, at, durationMs }),
    );
    return { id, sent };
  }

  private inside<T>(supplierId: string, work: Parameters<typeof this.deps.transact<T>>[1]): Promise<T> {
    return this.deps.transact(wholeOf(supplierId), work);
  }
}

function failureOrThrow(error: unknown): Sent {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return { kind: "FAILED", reason: "TIMED_OUT", status: null, retryAfterMs: null };
  }
  if (error instanceof DocumentInvalid) {
    throw new AppError("CONFLICT", `Correct the endpoint's document first: ${error.faults.join(" ")}`, {
      reason: "DOCUMENT_INVALID",
    });
  }
  throw error;
}
