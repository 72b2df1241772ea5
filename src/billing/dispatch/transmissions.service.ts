/** Read model of documents at the e-invoicing platform, and sending them there again. */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { AppError, notConfigured, notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { FlowBook } from "./flow-book.service";
import { currentOf, isRejectedByPlatform, type LifeCycleStatus, type StatusReason } from "./life-cycle";

export interface TransmissionView {
  readonly documentId: string;
  readonly supplierId: string;
  readonly state: "WAITING" | "SENT" | "REFUSED";
  readonly flowId: string | null;
  readonly failure: string | null;
  readonly attempts: number;
  /** In the order in which they were set. */
  readonly statuses: readonly LifeCycleStatus[];
  /** Statuses received since the document was last sent. */
  readonly fresh: readonly LifeCycleStatus[];
}

type Row = Omit<TransmissionView, "statuses" | "fresh"> & {
  readonly statuses: readonly (Omit<LifeCycleStatus, "at"> & {
    readonly at: string;
    readonly isFresh: boolean;
  })[];
};

const newest = `
  SELECT DISTINCT ON (f.document_id) f.document_id AS "documentId", f.supplier_id AS "supplierId", f.state,
    f.flow_id AS "flowId", f.failure, f.attempts, coalesce((SELECT json_agg(json_build_object('code', s.code, 'at', s.at,
      'reasonCode', s.reason_code, 'reason', s.reason, 'reasons', s.reasons, 'isFresh', s.received_at >= f.created_at) ORDER BY s.at, s.code)
      FROM einvoice_status s WHERE s.document_id = f.document_id), '[]') AS statuses
  FROM einvoice_flow f WHERE f.kind = 'DOCUMENT'`;

export class Transmissions {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly flows: FlowBook;
      readonly idempotency: IdempotencyService;
      readonly audit: AuditService;
      /** Whether an e-invoicing platform is configured. */
      readonly canSend: boolean;
    },
  ) {}

  async of(
    tx: EntityManager,
    documentIds: readonly string[],
  ): Promise<ReadonlyMap<string, TransmissionView>> {
    const rows: Row[] = await tx.query(
      `${newest} AND f.document_id = ANY ($1) ORDER BY f.document_id, f.created_at DESC, f.id DESC`,
      [documentIds],
    );
    return new Map(rows.map((row) => [row.documentId, viewOf(row)]));
  }

  /** Sends a refused or rejected document again, once its problem is fixed. */
  async resend(by: Principal, documentId: string, key: string): Promise<void> {
    const { transact, idempotency, canSend } = this.deps;
    if (!canSend) throw notConfigured("No e-invoicing platform is set up here (EINVOICING_…).");
    const known = isId(documentId)
      ? (await transact(scopeOf(by), (tx) => this.of(tx, [documentId]))).get(documentId)
      : undefined;
    if (!known) throw notFound("document at the platform");
    const request = { principal: by.consumer, operation: "resendDocument", key, supplierId: null };
    await transact({ role: "worker" }, (tx) =>
      idempotency.once(tx, { ...request, input: { documentId } }, async () => {
        await this.sendAgain(tx, by, known);
        return null;
      }),
    );
  }

  private async sendAgain(tx: EntityManager, by: Principal, known: TransmissionView): Promise<void> {
    const { flows, audit } = this.deps;
    const { supplierId, documentId } = known;
    const [flow]: { id: string }[] = await tx.query(
      "SELECT id FROM einvoice_flow WHERE document_id = $1 AND kind = 'DOCUMENT' AND state = 'SENT' FOR UPDATE",
      [documentId],
    );
    const now = (await this.of(tx, [documentId])).get(documentId) ?? known;
    const isRejected = isRejectedByPlatform(currentOf(now.fresh));
    if (flow && isRejected) await flows.refused(tx, flow.id, "rejected by the platform");
    const isAnew =
      (now.state === "REFUSED" || isRejected) &&
      (await flows.insert(tx, { documentId, supplierId, kind: "DOCUMENT", cents: null }));
    if (!isAnew) {
      throw new AppError("CONFLICT", "Only a document that was refused or rejected can be sent again.", {
        reason: "NOT_REFUSED",
      });
    }
    const act = { actor: by.consumer, action: "DOCUMENT_RESENT", subject: `document:${documentId}` };
    await audit.record(tx, { ...act, supplierId, detail: {} });
  }
}

function viewOf({ statuses, ...row }: Row): TransmissionView {
  const read = statuses.map(({ isFresh, ...status }) => ({
    isFresh,
    status: { ...status, at: new Date(status.at), reasons: reasonsOf(status) },
  }));
  return {
    ...row,
    statuses: read.map(({ status }) => status),
    fresh: read.flatMap(({ isFresh, status }) => (isFresh ? status : [])),
  };
}

/** A status that was read before several reasons were kept has its only one in two columns. */
const reasonsOf = ({ reasons, reasonCode, reason }: Omit<LifeCycleStatus, "at">): readonly StatusReason[] =>
  reasons.length === 0 && (reasonCode !== null || reason !== null)
    ? [{ code: reasonCode, text: reason, actionCode: null, action: null }]
    : reasons;
