/**
 * Sends documents by mail at least once. A sending is stored first, and its mail has the same id at every
 * attempt, so the receiver recognises duplicates.
 */
import type { BillingDocument, DocumentBook } from "../documents";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { DueRows, type DuePolicy, type SettledRow } from "../../platform/due-rows/due-rows";
import type { Mailer } from "../../platform/mail/smtp.adapter";
import { doublingWaits, type Attempted } from "../../shared/retry";
import { documentMail } from "./document-mail";
import type { SendingBook, WaitingSending } from "./sending-book.service";

export interface SendingsDeps {
  readonly transact: Transact;
  readonly book: SendingBook;
  readonly documents: DocumentBook;
  readonly mailer: Mailer;
  readonly facturX: (document: BillingDocument) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly onError: (error: unknown, sendingId: string) => void;
  readonly settled: SettledRow;
}

/** Sending a mail takes a few seconds at most. 80 attempts take a little more than three days. */
export const sendingPolicy: DuePolicy = {
  name: "document_sending",
  leaseMs: 60_000,
  rule: {
    backOff: { by: "FAILURES", waitsMs: doublingWaits(60_000, 3_600_000), jitter: 0, shortestMs: 60_000 },
    limits: { mostAttempts: 80, longestMs: null },
  },
};

export class Sendings {
  private readonly rows: DueRows<WaitingSending, void>;

  constructor(private readonly deps: SendingsDeps) {
    this.rows = new DueRows({
      ...deps,
      ...sendingPolicy,
      statements: deps.book,
      work: (sending, { signal }) => this.send(sending, signal),
      failureOf: () => ({ kind: "FAILED", failure: "NOT_WRITTEN" }),
    });
  }

  /** Sends everything that is due. Safe in several processes at once. Resolves with the number of mails sent. */
  async run(signal: AbortSignal): Promise<number> {
    const { transact, book } = this.deps;
    await transact({ role: "worker" }, (tx) => book.enrol(tx));
    return this.rows.run(signal);
  }

  private async send({ id, documentId, to }: WaitingSending, signal: AbortSignal): Promise<Attempted<void>> {
    const { transact, documents, mailer, facturX } = this.deps;
    const { document } = await transact({ role: "worker" }, (tx) => documents.one(tx, documentId));
    const { fileName, ...mail } = documentMail(document);
    const content = await facturX(document);
    const attachments = [{ fileName, type: "application/pdf", content }];
    // The document has no personal data, but it still contains a billing address, so it is sent only over
    // TLS.
    const addressed = { to, id, personal: true };
    const answer = await mailer.send(addressed, () => Promise.resolve({ ...mail, attachments }), signal);
    if (answer.kind !== "FAILED") return { kind: "DONE", value: undefined };
    return { kind: answer.reason === "REFUSED" ? "REFUSED" : "FAILED", failure: answer.reason };
  }
}
