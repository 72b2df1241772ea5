/**
 * The accounts of the French chart of accounts (plan comptable général) that we use.
 *
 * Postings form the subledger: what each supplier may spend, lead by lead, excluding VAT. Numbered entries
 * form the general ledger: they are written when a document is issued and when money moves, including VAT
 * (journal.ts).
 */
export const chart = {
  "411": { FR: "Clients", EN: "Receivables" },
  "416": { FR: "Clients douteux", EN: "Doubtful receivables" },
  "4181": { FR: "Clients, factures à établir", EN: "Receivables, to be invoiced" },
  "4191": { FR: "Clients, avances reçues", EN: "Advances from customers" },
  "4198": { FR: "Clients, avoirs à établir", EN: "Credits, to be noted" },
  "44571": { FR: "TVA collectée", EN: "VAT collected" },
  "44574": { FR: "TVA en attente d'encaissement", EN: "VAT due once paid" },
  "44587": { FR: "TVA sur factures à établir", EN: "VAT on what is to be invoiced" },
  "471": { FR: "Compte d'attente", EN: "Suspense" },
  "5115": { FR: "Stripe, fonds à recevoir", EN: "Stripe, funds to come" },
  "512": { FR: "Banque", EN: "Bank" },
  "580": { FR: "Virements en attente du relevé", EN: "Transfers awaiting the bank statement" },
  "627": { FR: "Services bancaires", EN: "Bank fees" },
  "654": { FR: "Pertes sur créances irrécouvrables", EN: "Bad debts" },
  "658": { FR: "Charges diverses de gestion courante", EN: "Other operating expenses" },
  "706": { FR: "Prestations de services, leads", EN: "Sales of leads" },
  "709": { FR: "Remises et avoirs accordés", EN: "Credits granted" },
  "758": { FR: "Produits divers de gestion courante", EN: "Other operating income" },
  "763": { FR: "Revenus des autres créances", EN: "Interest on receivables" },
} as const;

export type AccountCode = keyof typeof chart;

/**
 * Accounts that hold a supplier's money or debt; their sum is the supplier's balance. All other accounts are
 * ours.
 */
export const supplierAccounts: ReadonlySet<AccountCode> = new Set<AccountCode>(["411", "4181", "4191"]);
