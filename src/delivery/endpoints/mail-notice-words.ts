/** The texts of mails about a supplier's account. */
import type { NoticeFacts } from "./mail-facts";
import { euros, mail, type MailText } from "./mail-text";

const subjects: Readonly<Record<NoticeFacts["noticeKind"], string>> = {
  LOW_BALANCE: "Votre solde est bas",
  SPEND_CAP_REACHED: "Votre limite de dépense du mois est atteinte",
  INVOICE_OVERDUE: "Une facture est en retard de paiement",
  SUSPENDED: "Votre compte est suspendu",
  RESUMED: "Votre compte est rétabli",
};

const english: Readonly<Record<NoticeFacts["noticeKind"], string>> = {
  LOW_BALANCE: "Your balance is low.",
  SPEND_CAP_REACHED:
    "Your limit for the month is reached: leads come again next month, or once you raise it.",
  INVOICE_OVERDUE: "An invoice is overdue.",
  SUSPENDED: "Your account is suspended: no lead comes until what is overdue is paid.",
  RESUMED: "Your account is open again: what was overdue is paid.",
};

export function noticeMail({
  noticeKind,
  text,
  amountCents,
  indemnityCents,
  interestCents,
}: NoticeFacts): MailText {
  const [amount, indemnity, interest] = [amountCents, indemnityCents, interestCents].map((cents) =>
    euros(cents ?? 0),
  );
  const isOverdue = noticeKind === "INVOICE_OVERDUE";
  const said =
    amountCents === null
      ? []
      : [{ french: `Montant : ${String(amount)}.`, english: `Amount: ${String(amount)}.` }];
  const late = isOverdue
    ? [
        {
          french: `La loi y ajoute une indemnité de ${String(indemnity)} et des intérêts, ${String(interest)} à ce jour.`,
          english: `The law adds a compensation of ${String(indemnity)} and interest, ${String(interest)} to this day.`,
        },
      ]
    : [];
  const lines = [...said, ...late];
  return mail(subjects[noticeKind], {
    french: [text, ...lines.map((line) => line.french)],
    english: [english[noticeKind], ...lines.map((line) => line.english)],
  });
}
