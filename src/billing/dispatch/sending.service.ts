/** Lets finance send a document by mail on request. */
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { ProfilesService } from "../../account/suppliers";
import type { DocumentBook } from "../documents";
import type { Transact } from "../../platform/database";
import { AppError, invalid, notConfigured } from "../../shared/errors";
import { mailAddressFault } from "../../shared/mail-address";
import type { SendingBook } from "./sending-book.service";

export interface SendingDeps {
  readonly transact: Transact;
  readonly book: SendingBook;
  readonly documents: DocumentBook;
  readonly profiles: ProfilesService;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  /** Whether a mail server is configured. */
  readonly canSend: boolean;
}

export class SendingService {
  constructor(private readonly deps: SendingDeps) {}

  /** Sends to the supplier's address for documents, or to `to` when given. */
  async ask(
    by: Principal,
    { documentId, to }: { documentId: string; to: string | null },
    key: string,
  ): Promise<void> {
    const { transact, book, documents, profiles, idempotency, audit, canSend } = this.deps;
    if (!canSend) throw notConfigured("No mail server is set up here (SMTP_URL), so nothing can be sent.");
    const fault = to === null ? null : mailAddressFault(to);
    if (fault !== null) throw invalid(`to: ${fault}.`, { reason: "MALFORMED", field: "to" });
    const request = { principal: by.consumer, operation: "sendDocument", key, supplierId: null };
    await transact(scopeOf(by), (tx) =>
      idempotency.once(tx, { ...request, input: { documentId, to } }, async () => {
        const { supplierId } = await documents.one(tx, documentId);
        const address = to ?? (await profiles.emailOf(tx, supplierId));
        if (address === null) {
          throw new AppError(
            "CONFLICT",
            "The supplier has no address for documents. Set one with updateBillingProfile, or pass one here.",
            { reason: "NO_ADDRESS" },
          );
        }
        const id = await book.ask(tx, { documentId, supplierId, to: address, askedBy: by.consumer });
        const act = { actor: by.consumer, action: "DOCUMENT_SENT", subject: `document:${documentId}` };
        await audit.record(tx, { ...act, supplierId, detail: { sending: id } });
        return id;
      }),
    );
  }
}
