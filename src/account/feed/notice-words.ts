/** What a notice about an account says. Its facts are stored; the words are made when it is read. */
import type { Language, Words } from "../../shared/language";
import type { AccountNotice, NoticeKind } from "./entry";

const words: Readonly<Record<Exclude<NoticeKind, "INVOICE_OVERDUE">, Words>> = {
  LOW_BALANCE: { FR: "Votre solde est bas.", EN: "Your balance is low." },
  SPEND_CAP_REACHED: {
    FR: "Votre limite de dépense du mois est atteinte.",
    EN: "Your spending limit of the month is reached.",
  },
  SUSPENDED: {
    FR: "Compte suspendu : une facture est impayée depuis plus de 30 jours.",
    EN: "Account suspended: an invoice has been unpaid for more than 30 days.",
  },
  RESUMED: {
    FR: "Compte rétabli : les factures en retard sont réglées.",
    EN: "Account active again: the overdue invoices are paid.",
  },
};

/** Notices of before facts were stored keep their French sentence, in both languages. */
export function noticeText(notice: AccountNotice, language: Language): string {
  if (notice.kind === "INVOICE_OVERDUE") return overdueText(notice)[language];
  return words[notice.kind][language];
}

function overdueText({ text = "", documentName, daysLate }: AccountNotice): Words {
  if (documentName === undefined || daysLate === undefined) return { FR: text, EN: text };
  const days = String(daysLate);
  return {
    FR: `Facture ${documentName} en retard de ${days} ${daysLate === 1 ? "jour" : "jours"}.`,
    EN: `Invoice ${documentName} is ${days} ${daysLate === 1 ? "day" : "days"} late.`,
  };
}
