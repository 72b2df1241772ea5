/** The labels of document lines. */
import type { DocumentLanguage } from "../account/suppliers";
import { productById } from "../reference/catalogue";

const items: Readonly<Record<string, Readonly<Record<DocumentLanguage, string>>>> = {
  DEPOSIT: { FR: "Acompte sur leads", EN: "Deposit for leads" },
  KEPT_CREDIT: {
    FR: "Acompte : montant d'un avoir, déjà réglé et conservé",
    EN: "Deposit: paid amount of a credit note that is kept",
  },
  CORRECTED_TRANSFER: {
    FR: "Acompte reçu pour un montant moindre",
    EN: "Deposit that was received for less",
  },
  LOST_PAYMENT: { FR: "Acompte dont le paiement a été contesté", EN: "Deposit whose payment was disputed" },
  LATE_INDEMNITY: {
    FR: "Indemnité forfaitaire pour frais de recouvrement",
    EN: "Fixed compensation for recovery costs",
  },
  LATE_INTEREST: { FR: "Pénalités de retard", EN: "Late payment interest" },
  UNUSED_ADVANCE: { FR: "Acompte non utilisé", EN: "Unused deposit" },
};

/** The label of a line: a product, or one of the items above. */
export function itemLabel(item: string, language: DocumentLanguage): string {
  const product = productById(item)?.label[language];
  const lead = language === "FR" ? "Mise en relation : " : "Lead: ";
  return items[item]?.[language] ?? lead + (product ?? item);
}
