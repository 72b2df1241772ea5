/** What is wrong when a rule of the books is violated. */
import type { Words } from "../../shared/language";

export const ruleWords = {
  LEAD_CHARGED_ONCE: {
    EN: "a lead is not charged exactly once, at its price",
    FR: "un lead n'est pas débité exactement une fois, à son prix",
  },
  LEAD_CREDITED_ONCE: {
    EN: "a credited lead is not credited exactly once, or a credit has no lead",
    FR: "un lead crédité ne l'est pas exactement une fois, ou un crédit n'a pas de lead",
  },
  BALANCE_IS_POSTED: {
    EN: "a supplier's balance is not the sum of its postings",
    FR: "le solde d'un fournisseur n'est pas la somme de ses mouvements",
  },
  POSTINGS_NUMBERED: {
    EN: "the numbers of a supplier's postings have a gap",
    FR: "la numérotation des mouvements d'un fournisseur a un trou",
  },
  DOCUMENT_IS_ITS_LEADS: {
    EN: "the amount of a document is not the sum of its leads",
    FR: "le montant d'une pièce n'est pas la somme de ses leads",
  },
  BALANCE_IS_EXPLAINED: {
    EN: "a balance is not the unused advances less open invoices and unbilled leads",
    FR: "un solde n'est pas égal aux acomptes non utilisés moins les factures ouvertes et les leads non facturés",
  },
  LINES_ARE_THEIR_PARTS: {
    EN: "a bank line is not the sum of what it is matched with and what is open",
    FR: "une ligne bancaire n'est pas la somme de ses rapprochements et de son reste",
  },
  BANK_MOVES_ONCE_BY_LINES: {
    EN: "account 512 was not moved exactly once by a bank line, or was moved without one",
    FR: "le compte 512 n'a pas été mouvementé exactement une fois par une ligne bancaire, ou l'a été sans ligne",
  },
  SUSPENSE_IS_OPEN_LINES: {
    EN: "what is open of a bank line is not on suspense (471)",
    FR: "le reste d'une ligne bancaire n'est pas au compte d'attente (471)",
  },
  TRANSIT_IS_EXPECTED: {
    EN: "account 580 is not what awaits the bank's statement",
    FR: "le compte 580 n'est pas ce qui attend le relevé bancaire",
  },
  DOCUMENTS_NUMBERED: {
    EN: "the numbers of a series have a gap",
    FR: "la numérotation d'une série a un trou",
  },
  DOCUMENTS_IN_ORDER: {
    EN: "a document is dated before its predecessor in the series",
    FR: "une pièce est datée avant la précédente de sa série",
  },
  DOCUMENT_IS_BOOKED: {
    EN: "a document has no entry of its amount",
    FR: "une pièce n'a pas d'écriture de son montant",
  },
  DOCUMENTS_ARE_SALES: {
    EN: "the documents of a supplier do not add up to its sales, late fees and advances",
    FR: "les pièces d'un fournisseur ne font pas la somme de ses ventes, pénalités et acomptes",
  },
  DOCUMENTS_ARE_VAT: {
    EN: "the VAT of the documents of a treatment is not what became due, is still waiting or was written off",
    FR: "la TVA des pièces d'un régime n'est pas celle exigible, en attente ou passée en perte",
  },
  NOTHING_OVERPAID: {
    EN: "more was settled on an invoice than was open, or more was used of an advance than it held",
    FR: "plus a été réglé sur une facture que son reste dû, ou plus a été utilisé d'un acompte que son reste",
  },
  ENTRIES_BALANCE: {
    EN: "an entry does not balance",
    FR: "une écriture n'est pas équilibrée",
  },
  ENTRIES_NUMBERED: {
    EN: "the numbers of a journal have a gap",
    FR: "la numérotation d'un journal a un trou",
  },
  MONEY_IS_DATED_BY_THE_BANK: {
    EN: "an entry is not dated on the day on which the bank moved the money, although its month was open",
    FR: "une écriture n'est pas datée du jour où la banque a mouvementé l'argent, alors que le mois était ouvert",
  },
  RECEIVABLES_ARE_OPEN_INVOICES: {
    EN: "account 411 of a supplier is not the sum of its open invoices",
    FR: "le compte 411 d'un fournisseur n'est pas la somme de ses factures ouvertes",
  },
  ADVANCES_ARE_HELD: {
    EN: "account 4191 of a supplier is not the sum of its unused advances",
    FR: "le compte 4191 d'un fournisseur n'est pas la somme de ses acomptes non utilisés",
  },
  LETTERED_LINES_ARE_SETTLED: {
    EN: "the lines that are lettered together do not add up to what is open on their documents",
    FR: "les lignes lettrées ensemble ne font pas le reste dû de leurs pièces",
  },
  VAT_WAITS_ON_OPEN_INVOICES: {
    EN: "account 44574 is not the VAT of open invoices",
    FR: "le compte 44574 n'est pas la TVA des factures ouvertes",
  },
  VAT_DUE_IS_BOOKED: {
    EN: "the VAT that an entry declares due is not what it books on 44571",
    FR: "la TVA qu'une écriture déclare exigible n'est pas celle qu'elle porte au compte 44571",
  },
  TRANSFERS_ARE_BOOKED: {
    EN: "a bank transfer is not booked and posted to the cent",
    FR: "un virement n'est pas comptabilisé au centime près",
  },
  PAYMENTS_ARE_BOOKED: {
    EN: "a succeeded payment through Stripe is not booked and posted to the cent",
    FR: "un paiement Stripe réussi n'est pas comptabilisé au centime près",
  },
  REFUNDS_ARE_BOOKED: {
    EN: "refunds through Stripe do not add up to what their credit note books",
    FR: "les remboursements Stripe ne font pas le montant que leur avoir comptabilise",
  },
  ACCRUALS_END: {
    EN: "an accrual of the month-end close is not reversed",
    FR: "une régularisation de fin de mois n'est pas extournée",
  },
} as const satisfies Record<string, Words>;

export type RuleName = keyof typeof ruleWords;
