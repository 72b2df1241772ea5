/**
 * The accounts postings move money between: a subledger per supplier on the French chart of accounts.
 *
 * Numbered accounting entries arise from these postings at invoice and payment; this is not the general ledger.
 */
export const chart = {
  "411": { FR: "Clients", EN: "Receivables" },
  "4181": { FR: "Clients, factures à établir", EN: "Receivables, to be invoiced" },
  "4191": { FR: "Clients, avances reçues", EN: "Advances from customers" },
  "44571": { FR: "TVA collectée", EN: "VAT collected" },
  "512": { FR: "Banque", EN: "Bank" },
  "627": { FR: "Services bancaires", EN: "Bank fees" },
  "658": { FR: "Charges diverses de gestion courante", EN: "Other operating expenses" },
  "706": { FR: "Prestations de services, leads", EN: "Sales of leads" },
  "709": { FR: "Remises et avoirs accordés", EN: "Credits granted" },
} as const;

export type AccountCode = keyof typeof chart;

/** What a supplier has with us or owes us stands on these; everything else is ours. */
export const supplierAccounts: ReadonlySet<AccountCode> = new Set<AccountCode>(["411", "4181", "4191"]);
