/** The texts of mails about returns, and the choice of the text about the account. */
import type { FeedEventFacts, NoticeFacts, ReturnFacts, ReturnPendingFacts } from "./mail-facts";
import { noticeMail } from "./mail-notice-words";
import { euros, instant, mail, type MailLinks, type MailText } from "./mail-text";

type MoneyEvent = ReturnFacts | ReturnPendingFacts | NoticeFacts;
const moneyTypes: ReadonlySet<string> = new Set<MoneyEvent["__typename"]>([
  ...(["ReturnPending", "ReturnDecided", "AccountNotice"] as const),
]);

export const isMoneyEvent = (event: FeedEventFacts): event is MoneyEvent => moneyTypes.has(event.__typename);

export function moneyMail(event: MoneyEvent, links: MailLinks): MailText {
  if (event.__typename === "AccountNotice") return noticeMail(event);
  return event.__typename === "ReturnPending" ? returnPending(event, links) : returnDecided(event, links);
}

const returnPending = ({ leadId, decideBy }: ReturnPendingFacts, links: MailLinks): MailText =>
  mail("Retour reçu : il attend une décision", {
    french: [
      `Vous avez rendu la demande ${leadId}. Une personne décide avant le ${instant(decideBy)} ; passé ce délai, le retour est accepté.`,
      `La demande est ici :\n${links.lead(leadId)}`,
    ],
    english: [
      `You gave back the lead ${leadId}. A person decides before ${instant(decideBy)}; after that the return is accepted.`,
      `The lead is here:\n${links.lead(leadId)}`,
    ],
  });

function returnDecided({ leadId, accepted, creditedCents }: ReturnFacts, links: MailLinks): MailText {
  const credited = euros(creditedCents);
  return mail(accepted ? `Retour accepté : ${credited}` : "Retour refusé", {
    french: [
      accepted
        ? `Le retour de la demande ${leadId} est accepté : ${credited} hors taxes vous sont recrédités.`
        : `Le retour de la demande ${leadId} est refusé : rien n'est recrédité.`,
      `La demande est ici :\n${links.lead(leadId)}`,
    ],
    english: [
      accepted
        ? `The return of the lead ${leadId} was accepted: ${credited} excluding VAT are given back to you.`
        : `The return of the lead ${leadId} was refused: nothing is given back.`,
      `The lead is here:\n${links.lead(leadId)}`,
    ],
  });
}
