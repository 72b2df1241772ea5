/** A month of a supplier, lead by lead: for its own accountant. No person stands in it. */
export interface StatementRow {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly leadId: string;
  readonly product: string;
  readonly kind: "CHARGE" | "CREDIT";
  /** Excluding VAT; below zero if it was given back. */
  readonly netCents: number;
  readonly vatTreatment: string;
  /** The document that it stands on; empty: none yet. */
  readonly document: string;
}

export type StatementAs = "CSV" | "JSON";

const columns = ["at", "leadId", "product", "kind", "netCents", "vatTreatment", "document"] as const;

/** Ids, codes, days and numbers only, so nothing in it needs quotes. */
export const statementText = (rows: readonly StatementRow[], as: StatementAs): string =>
  as === "JSON"
    ? JSON.stringify(rows)
    : `${[columns.join(","), ...rows.map((row) => columns.map((name) => String(row[name])).join(","))].join("\r\n")}\r\n`;
