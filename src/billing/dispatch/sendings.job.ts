/**
 * Sends documents by mail, at least once each: the wish is written down first, and a mail has the same id at every
 * attempt, so that a receiver knows one that came twice.
 */
import type { BillingDocument, DocumentBook } from "../documents";
import type { Transact } from "../../platform/database";
import { oneAfterAnother } from "../../platform/one-after-another";
import type { Mailer } from "../../platform/mail/smtp.adapter";
import { documentMail } from "./document-mail";
import type { SendingBook, WaitingSending } from "./sending-book.service";

export interface SendingsDeps {
  readonly transact: Transact;
  readonly book: SendingBook;
  readonly documents: DocumentBook;
  readonly mailer: Mailer;
  readonly facturX: (document: BillingDocument) => Promise<Uint8Array>;
  readonly onError: (error: unknown, sendingId: string) => void;
}

export class Sendings {
  constructor(private readonly deps: SendingsDeps) {}

  /** Everything that is due. Safe in several processes at once. Answers how many mails were taken. */
  readonly run = oneAfterAnother((signal: AbortSignal) => this.work(signal));

  private async work(signal: AbortSignal): Promise<number> {
    const { transact, book } = this.deps;
    await transact({ role: "worker" }, (tx) => book.enrol(tx));
    let sent = 0;
    for (let next = await this.next(signal); next !== null; next = await this.next(signal)) {
      sent += (await this.try(next, signal)) ? 1 : 0;
    }
    return sent;
  }

  private async next(signal: AbortSignal): Promise<WaitingSending | null> {
    if (signal.aborted) return null;
    return this.deps.transact({ role: "worker" }, (tx) => this.deps.book.claim(tx));
  }

  private async try(sending: WaitingSending, signal: AbortSignal): Promise<boolean> {
    const { transact, book, onError } = this.deps;
    const failure = await this.send(sending, signal).catch((error: unknown) => {
      onError(error, sending.id);
      return "NOT_WRITTEN";
    });
    await transact({ role: "worker" }, (tx) =>
      failure === null ? book.sent(tx, sending.id) : book.failed(tx, sending, failure),
    );
    return failure === null;
  }

  /** null: it was taken. */
  private async send({ id, documentId, to }: WaitingSending, signal: AbortSignal): Promise<string | null> {
    const { transact, documents, mailer, facturX } = this.deps;
    const { document } = await transact({ role: "worker" }, (tx) => documents.one(tx, documentId));
    const { fileName, ...mail } = documentMail(document);
    const content = await facturX(document);
    const attachments = [{ fileName, type: "application/pdf", content }];
    // Business to business; what it says of a person is nothing. A billing address is still better under TLS.
    const addressed = { to, id, personal: true };
    const answer = await mailer.send(addressed, () => Promise.resolve({ ...mail, attachments }), signal);
    return answer.kind === "FAILED" ? answer.reason : null;
  }
}
