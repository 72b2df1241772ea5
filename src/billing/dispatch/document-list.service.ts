/**
 * Lists billing documents, also by what became of their transmission. It is here and not in documents, because
 * documents knows nothing of where they are sent.
 */
import type { EntityManager } from "typeorm";
import type { DocumentBook, DocumentKind, DocumentView } from "../documents";
import { attemptsForFinance, codesForFinance } from "./life-cycle";

/** What is null does not narrow the list. */
export interface DocumentFilter {
  readonly supplierId: string | null;
  readonly kind: DocumentKind | null;
  readonly isOpen: boolean | null;
  /** "YYYY-MM" in Paris: when it was issued. */
  readonly month: string | null;
  readonly transmissionStatus: "WAITING" | "SENT" | "REFUSED" | null;
  readonly needsAction: boolean | null;
}

export interface DocumentPage {
  readonly filter: DocumentFilter;
  readonly after: { readonly issuedAt: string; readonly id: string } | null;
  readonly limit: number;
}

/** The newest transmission of the document, and the last status set since. */
const transmission = `
  LEFT JOIN LATERAL (SELECT state, attempts, created_at FROM einvoice_flow
    WHERE document_id = d.id AND kind = 'DOCUMENT' ORDER BY created_at DESC, id DESC LIMIT 1) f ON true
  LEFT JOIN LATERAL (SELECT code FROM einvoice_status WHERE document_id = d.id AND received_at >= f.created_at
    ORDER BY at DESC, code DESC LIMIT 1) s ON true`;

const open = "EXISTS (SELECT FROM open_document o WHERE o.id = d.id AND o.net_cents + o.vat_cents > 0)";

const asked = (codes: string): string =>
  `coalesce(f.state = 'REFUSED' OR f.state = 'WAITING' AND f.attempts >= ${String(attemptsForFinance)}
     OR s.code = ANY (${codes}), false)`;

export class DocumentList {
  constructor(private readonly documents: DocumentBook) {}

  /** Newest first. Row-level security decides whose documents are listed. */
  async page(tx: EntityManager, { filter, after, limit }: DocumentPage): Promise<DocumentView[]> {
    const { conditions, parameters } = conditionsOf(filter, after);
    const isSent = filter.transmissionStatus !== null || filter.needsAction !== null;
    const rows: { id: string }[] = await tx.query(
      `SELECT d.id FROM billing_document d ${isSent ? transmission : ""}
       WHERE ${["true", ...conditions].join(" AND ")}
       ORDER BY d.issued_at DESC, d.id DESC LIMIT ${String(limit)}`,
      parameters,
    );
    const ids = rows.map(({ id }) => id);
    const found = await this.documents.byIds(tx, ids);
    return ids.flatMap((id) => found.get(id) ?? []);
  }
}

/** One condition for each field that is given, so that the statement does nothing for the others. */
function conditionsOf(
  { supplierId, kind, isOpen, month, transmissionStatus, needsAction }: DocumentFilter,
  after: DocumentPage["after"],
): { conditions: string[]; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const value = (one: unknown): string => `$${String(parameters.push(one))}`;
  const given = <T>(one: T | null, condition: (one: T) => string): string[] =>
    one === null ? [] : [condition(one)];
  const conditions = [
    ...given(supplierId, (id) => `d.supplier_id = ${value(id)}`),
    ...given(kind, (one) => `d.kind = ${value(one)}`),
    ...given(isOpen, (one) => `${open} = ${value(one)}`),
    ...given(month, (one) => issuedIn(value(`${one}-01`))),
    ...given(transmissionStatus, (one) => `f.state = ${value(one)}`),
    ...given(needsAction, (one) => `${asked(value(codesForFinance))} = ${value(one)}`),
    ...given(after, ({ issuedAt, id }) => `(d.issued_at, d.id) < (${value(issuedAt)}, ${value(id)})`),
  ];
  return { conditions, parameters };
}

const issuedIn = (first: string): string =>
  `d.issued_on >= ${first}::date AND d.issued_on < ${first}::date + interval '1 month'`;
