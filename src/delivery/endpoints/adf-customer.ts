/**
 * Writes the customer element of an ADF document: only the contact data that the current consent allows. ADF has no
 * element for permitted contact channels, so the comments list them.
 */
import { DateTime } from "luxon";
import type { ContactChannel } from "../../reference/catalogue";
import { isMobile } from "../../people/leads";
import type { AdfLead } from "./adf-lead";
import { answered } from "./adf-words";
import { adfElement, xmlLine, xmlText, type Element } from "./adf-xml";

export function customerOf(lead: AdfLead): Element {
  return {
    contact: contactOf(lead),
    timeframe: timeframeOf(lead),
    comments: xmlText(commentsOf(lead).join("\n")),
  };
}

function contactOf({ contact }: AdfLead): Element {
  const { firstName, lastName, email, phone } = contact;
  // ADF requires one of the two. A lead without any consented channel is never rendered, so one is always there.
  if (email === null && phone === null)
    throw new Error("A lead without e-mail and phone cannot be written as ADF.");
  return {
    name: [
      adfElement({ part: "first", type: "individual" }, shown(firstName) || unknown),
      adfElement({ part: "last", type: "individual" }, shown(lastName) || unknown),
    ],
    email: shown(email) || undefined,
    phone:
      phone === null
        ? undefined
        : adfElement({ type: isMobile(phone) ? "cellphone" : "voice" }, xmlLine(phone)),
    address: addressOf(contact),
  };
}

const unknown = "Non communiqué";
const shown = (value: string | null): string => xmlLine(value ?? "");

const addressOf = ({ street, city, postcode }: AdfLead["contact"]): Element => ({
  // ADF requires the element. It is empty when the product needs no street or none was given.
  street: adfElement({ line: "1" }, shown(street)),
  city: shown(city),
  postalcode: shown(postcode),
  country: "FR",
});

function timeframeOf(lead: AdfLead): Element | undefined {
  const answers = answered(lead);
  const dayOf = (field: string): string | undefined => {
    const day = answers.value(field);
    return typeof day === "string" ? day : undefined;
  };
  const frame = {
    description: xmlLine(answers.words("horizon")) || undefined,
    earliestdate: dayOf("startsOn"),
    latestdate: dayOf("wantedBy"),
  };
  return Object.values(frame).some((part) => part !== undefined) ? frame : undefined;
}

function commentsOf(lead: AdfLead): readonly string[] {
  const { place, consentReceipt, contact } = lead;
  const civility = { MADAME: "Madame", MONSIEUR: "Monsieur", UNSPECIFIED: null }[
    contact.civility ?? "UNSPECIFIED"
  ];
  return [
    ...(lead.product.id === "CAR_INSURANCE"
      ? ["DEMANDE D'ASSURANCE AUTO : aucun véhicule à vendre ni à reprendre."]
      : []),
    ...meansOf(contact.channels),
    ...lead.withheld.flatMap(({ field, reason }) =>
      reason === "CHANNEL_NOT_CONSENTED"
        ? [`Non transmis, faute d'accord : ${fieldNames[field] ?? field}.`]
        : [],
    ),
    `Accord donné le ${dayOf(consentReceipt.givenAt)}. La personne peut le retirer à tout moment : un courriel vous en avertit, et sa demande doit alors être effacée d'ici.`,
    `Demande CarAtlas ${lead.id}.`,
    ...(civility === null ? [] : [`Civilité : ${civility}`]),
    `Lieu de la demande : ${place.postcode} ${place.commune.name} (${place.commune.departement})`,
    "",
    ...answered(lead).all,
  ];
}

const channelNames: Readonly<Record<ContactChannel, string>> = {
  PHONE: "appel",
  SMS: "SMS",
  EMAIL: "e-mail",
};
const fieldNames: Readonly<Record<string, string>> = {
  "contact.phone": "téléphone",
  "contact.email": "e-mail",
};

function meansOf(channels: readonly ContactChannel[]): readonly string[] {
  const may = new Set(channels);
  return [
    `MOYENS DE CONTACT ACCEPTÉS : ${channels.map((channel) => channelNames[channel]).join(", ")}. Aucun autre.`,
    ...(may.has("SMS") && !may.has("PHONE")
      ? ["Ne pas appeler : le numéro n'est donné que pour des SMS."]
      : []),
    ...(may.has("PHONE") && !may.has("SMS")
      ? ["Pas de SMS : le numéro n'est donné que pour des appels."]
      : []),
  ];
}

const dayOf = (iso: string): string => DateTime.fromISO(iso, { zone: "Europe/Paris" }).toFormat("dd/MM/yyyy");
