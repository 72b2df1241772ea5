/** How the files of a document and the lead statements are named, and by which keys they are found again. */
import type { StatementAs } from "./lead-statement";

/** The kinds are part of addresses that are out, so they do not change. */
export const fileKinds = {
  pdf: "billing-document-pdf",
  xml: "billing-document-xml",
  statement: "lead-statement",
} as const;

interface Issued {
  readonly id: string;
  readonly document: { readonly name: string };
}

export const pdfOf = ({ id, document }: Issued) => ({
  kind: fileKinds.pdf,
  keys: [id],
  name: `${document.name}.pdf`,
  mediaType: "application/pdf",
});

export const xmlOf = ({ id, document }: Issued) => ({
  kind: fileKinds.xml,
  keys: [id],
  name: `${document.name}.xml`,
  mediaType: "application/xml",
});

export interface StatementKeys {
  readonly supplierId: string;
  /** "YYYY-MM" */
  readonly month: string;
  readonly as: StatementAs;
}

const mediaTypes: Readonly<Record<StatementAs, string>> = {
  CSV: "text/csv; charset=utf-8",
  JSON: "application/json",
};

export const statementOf = ({ supplierId, month, as }: StatementKeys) => ({
  kind: fileKinds.statement,
  keys: [supplierId, month, as],
  name: `lead-statement-${month}.${as.toLowerCase()}`,
  mediaType: mediaTypes[as],
});

/** Null when no statement has these keys. */
export function readStatementKeys([
  supplierId = "",
  month = "",
  as = "",
  ...more
]: readonly string[]): StatementKeys | null {
  const isMonth = /^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/.test(month);
  return isMonth && (as === "CSV" || as === "JSON") && more.length === 0 ? { supplierId, month, as } : null;
}
