/** Read model of documents at the e-invoicing platform, the list that finance has to handle, and resending. */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type Principal } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { AppError, notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { FlowBook } from "./flow-book.service";
import { codesForFinance, currentOf, isRejectedByPlatform, type LifeCycleStatus } from "./life-cycle";

export interface TransmissionView {
  readonly documentId: string;
  readonly supplierId: string;
  readonly state: "WAITING" | "SENT" | "REFUSED";
  readonly flowId: string | null;
  readonly failure: string | null;
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
    f.flow_id AS "flowId", f.failure, coalesce((SELECT json_agg(json_build_object('code', s.code, 'at', s.at,
      'reasonCode', s.reason_code, 'reason', s.reason, 'isFresh', s.received_at >= f.created_at) ORDER BY s.at, s.code)
      FROM einvoice_status s WHERE s.document_id = f.document_id), '[]') AS statuses
  FROM einvoice_flow f WHERE f.kind = 'DOCUMENT'`;

export class Transmissions {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly flows: FlowBook;
      readonly audit: AuditService;
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

  /**
   * Ids of documents that are refused, rejected, in dispute or suspended, or whose sending keeps failing; at
   * most 100.
   */
  async toHandle(tx: EntityManager): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      `SELECT d.id FROM billing_document d JOIN LATERAL (
         SELECT state, attempts, created_at FROM einvoice_flow WHERE document_id = d.id AND kind = 'DOCUMENT'
         ORDER BY created_at DESC, id DESC LIMIT 1) f ON true
       LEFT JOIN LATERAL (SELECT code FROM einvoice_status WHERE document_id = d.id AND received_at >= f.created_at
         ORDER BY at DESC, code DESC LIMIT 1) s ON true
       WHERE f.state = 'REFUSED' OR f.state = 'WAITING' AND f.attempts >= 5 OR s.code = ANY ($1)
       ORDER BY d.issued_at DESC, d.id DESC LIMIT 100`,
      [codesForFinance],
    );
    return rows.map(({ id }) => id);
  }

  /** Sends a refused or rejected document again, once its problem is fixed. */
  async resend(by: Principal, documentId: string): Promise<void> {
    const { transact, audit } = this.deps;
    const known = isId(documentId)
      ? (await transact(scopeOf(by), (tx) => this.of(tx, [documentId]))).get(documentId)
      : undefined;
    if (!known) throw notFound("document at the platform");
    await transact({ role: "worker" }, async (tx) => {
      const { supplierId } = known;
      const [flow]: { id: string }[] = await tx.query(
        "SELECT id FROM einvoice_flow WHERE document_id = $1 AND kind = 'DOCUMENT' AND state = 'SENT' FOR UPDATE",
        [documentId],
      );
      const now = (await this.of(tx, [documentId])).get(documentId) ?? known;
      const isRejected = isRejectedByPlatform(currentOf(now.fresh));
      if (flow && isRejected) await this.deps.flows.refused(tx, flow.id, "rejected by the platform");
      const isAnew =
        (now.state === "REFUSED" || isRejected) &&
        (await this.deps.flows.insert(tx, { documentId, supplierId, kind: "DOCUMENT", cents: null }));
      if (!isAnew) {
        throw new AppError("CONFLICT", "Only a document that was refused or rejected can be sent again.");
      }
      const act = { actor: by.consumer, action: "DOCUMENT_RESENT", subject: `document:${documentId}` };
      await audit.record(tx, { ...act, supplierId, detail: {} });
    });
  }
}

function viewOf({ statuses, ...row }: Row): TransmissionView {
  const read = statuses.map(({ isFresh, ...status }) => ({
    isFresh,
    status: { ...status, at: new Date(status.at) },
  }));
  return {
    ...row,
    statuses: read.map(({ status }) => status),
    fresh: read.flatMap(({ isFresh, status }) => (isFresh ? status : [])),
  };
}
