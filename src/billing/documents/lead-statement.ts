/**
 * One row of a supplier's monthly statement, lead by lead, for its accountant. It contains no personal data.
 */
export interface StatementRow {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly leadId: string;
  readonly product: string;
  readonly kind: "CHARGE" | "CREDIT";
  /** Excluding VAT; negative for a credit. */
  readonly netCents: number;
  readonly vatTreatment: string;
  /** Number of the document that bills it; empty when there is none yet. */
  readonly document: string;
}

export type StatementAs = "CSV" | "JSON";

const columns = ["at", "leadId", "product", "kind", "netCents", "vatTreatment", "document"] as const;

/** The values are ids, codes, dates and numbers, so none needs CSV quoting. */
export const statementText = (rows: readonly StatementRow[], as: StatementAs): string =>
  as === "JSON"
    ? JSON.stringify(rows)
    : `${[columns.join(","), ...rows.map((row) => columns.map((name) => String(row[name])).join(","))].join("\r\n")}\r\n`;
