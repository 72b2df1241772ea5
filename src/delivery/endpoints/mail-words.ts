/** The texts of mails, in French and English, because we do not know which language a supplier's staff read. */
import type {
  CapFacts,
  FeedEventFacts,
  GapFacts,
  MatchedFacts,
  PausedFacts,
  RevokedFacts,
  UpdatedFacts,
} from "./mail-facts";
import { isMoneyEvent, moneyMail } from "./mail-money-words";
import { euros, instant, line, mail, type MailLinks, type MailText } from "./mail-text";

/** null when there is nothing left to report because the lead was revoked in the meantime. */
export function eventMailOf(event: FeedEventFacts, links: MailLinks): MailText | null {
  if (isMoneyEvent(event)) return moneyMail(event, links);
  switch (event.__typename) {
    case "LeadMatched":
      return matched(event, links);
    case "LeadUpdated":
      return updated(event, links);
    case "LeadRevoked":
      return revoked(event, links);
    case "CapReached":
      return capReached(event);
    case "EndpointPaused":
      return paused(event);
    case "FeedGap":
      return gap(event);
  }
}

function matched({ leadId, lead }: MatchedFacts, links: MailLinks): MailText | null {
  if (lead === null) return null;
  const [product, { departement }, campaign] = [
    lead.product.label,
    lead.place.commune,
    line(lead.campaign.name),
  ];
  return mail(`Nouvelle demande : ${product}, département ${departement}`, {
    french: [
      "Une nouvelle demande vous attend.",
      `Campagne : ${campaign}\nProduit : ${product}\nDépartement : ${departement}`,
      `Pour la lire, connectez-vous :\n${links.lead(leadId)}`,
      "Ce courriel ne contient volontairement aucune donnée de la personne. Elle peut retirer son accord à tout moment : consultez la demande juste avant de la contacter.",
    ],
    english: [
      "A new lead is waiting for you.",
      `Campaign: ${campaign}\nProduct: ${product}\nDépartement: ${departement}`,
      `Sign in to read it:\n${links.lead(leadId)}`,
      "On purpose this mail holds nothing about the person, who may withdraw consent at any time: look at the lead right before you make contact.",
    ],
  });
}

function updated({ leadId, lead, changed }: UpdatedFacts, links: MailLinks): MailText | null {
  if (lead === null) return null;
  const lost = (field: string): boolean => changed.includes(`contact.${field}`);
  const french = [...(lost("phone") ? ["téléphone"] : []), ...(lost("email") ? ["e-mail"] : [])];
  const english = [...(lost("phone") ? ["phone"] : []), ...(lost("email") ? ["e-mail"] : [])];
  return mail("Une demande a changé : moins de moyens de contact", {
    french: [
      `Une personne a retiré son accord pour un moyen de contact. Demande ${leadId}, campagne ${line(lead.campaign.name)}.`,
      ...(french.length > 0
        ? [`À effacer de vos fichiers et de votre logiciel : ${french.join(", ")}.`]
        : []),
      `Les moyens qui restent sont ici :\n${links.lead(leadId)}`,
    ],
    english: [
      `A person has taken back a means of contact. Lead ${leadId}, campaign ${line(lead.campaign.name)}.`,
      ...(english.length > 0 ? [`Erase it from your files and your software: ${english.join(", ")}.`] : []),
      `The means that remain are here:\n${links.lead(leadId)}`,
    ],
  });
}

function revoked({ leadId, at, acknowledgeBy, reason }: RevokedFacts, links: MailLinks): MailText {
  const by = new Date(acknowledgeBy);
  const link = links.acknowledge(leadId, by);
  const why = {
    CONSENT_WITHDRAWN: ["La personne a retiré son accord", "The person has withdrawn consent"],
    ERASED: ["Les données de la personne ont été effacées", "The person's data was erased"],
  }[reason];
  return mail("À effacer : votre droit d'utiliser une demande a pris fin", {
    french: [
      `${String(why[0])} le ${instant(at)}. Demande ${leadId}.`,
      "Cessez de l'utiliser dès maintenant : ne contactez plus la personne et effacez la demande de vos fichiers et de votre logiciel.",
      `Confirmez-le avant le ${instant(acknowledgeBy)}, sans vous connecter :\n${link}`,
      "Si elle est devenue votre client, vous pouvez dire au même endroit pourquoi vous la gardez. Ce lien vaut réponse : ne le transmettez pas hors de votre entreprise.",
    ],
    english: [
      `${String(why[1])} on ${instant(at)}. Lead ${leadId}.`,
      "Stop using it now: make no more contact, and erase the lead from your files and your software.",
      `Confirm it before ${instant(acknowledgeBy)}, without signing in:\n${link}`,
      "If the person has become your customer, say there why you keep it. Whoever has this link can answer: do not pass it on outside your company.",
    ],
  });
}

function capReached({ campaign, cap, resetsAt }: CapFacts): MailText {
  const name = line(campaign.name);
  const limit = cap.unit === "LEADS" ? String(cap.limit) : euros(cap.limit);
  return mail(`Plafond atteint : ${name}`, {
    french: [
      `La campagne ${name} a atteint son plafond (${limit}, ${periods[cap.period]?.[0] ?? cap.period}).`,
      `Elle ne reçoit plus de demande avant le ${instant(resetsAt)}.`,
    ],
    english: [
      `The campaign ${name} has reached its cap (${limit}, ${periods[cap.period]?.[1] ?? cap.period}).`,
      `No lead comes by it before ${instant(resetsAt)}.`,
    ],
  });
}

const periods: Readonly<Record<string, readonly [string, string]>> = {
  HOUR: ["par heure", "an hour"],
  DAY: ["par jour", "a day"],
  WEEK: ["par semaine", "a week"],
  MONTH: ["par mois", "a month"],
};

const paused = ({ endpointId, pauseReason }: PausedFacts): MailText =>
  mail("Un envoi vers vos outils est arrêté", {
    french: [
      `Nous n'envoyons plus rien au point de livraison ${endpointId} (${pauseReason}).`,
      "Vos demandes ne sont pas perdues : elles restent dans votre flux, et l'envoi reprend où il s'est arrêté dès que vous le relancez.",
    ],
    english: [
      `We stopped sending to the endpoint ${endpointId} (${pauseReason}).`,
      "No lead is lost: they stay in your feed, and sending goes on where it stopped once you resume it.",
    ],
  });

const gap = ({ droppedBefore }: GapFacts): MailText =>
  mail("Des événements anciens ne vous ont pas été envoyés", {
    french: [
      `Votre flux ne garde pas tout pour toujours : des événements d'avant le ${instant(droppedBefore)} ont été supprimés avant de vous être envoyés.`,
      "Rien de plus récent ne manque. Comparez vos fichiers avec la liste de vos demandes, et effacez ce qui n'y figure plus.",
    ],
    english: [
      `Your feed does not keep everything for ever: events from before ${instant(droppedBefore)} were dropped before they were sent to you.`,
      "Nothing newer is missing. Compare your files with the list of your leads, and erase what is not in it any more.",
    ],
  });

/** Sent when a supplier tests an address. Contains no personal data. */
export const testMail: MailText = mail("Essai : ceci n'est pas une demande", {
  french: ["Ce courriel est un essai de CarAtlas. Il ne correspond à aucune demande et à personne."],
  english: ["This mail is a test by CarAtlas. It stands for no lead and for nobody."],
});
