/**
 * Reasons as sentences for a supplier about its own campaign. They reveal nothing about the person or a
 * competitor.
 */
import { type Criterion } from "../../offers/campaigns";
import { productById, type Language } from "../../reference/catalogue";
import { type MissReason } from "./miss";

export type Sentence = Readonly<Record<Language, string>>;

export function sentenceOf(
  { reason, criterion }: { readonly reason: MissReason; readonly criterion: Criterion | null },
  product: string,
): Sentence {
  if (reason !== "CRITERION_NOT_MET" || !criterion) return sentences[reason];
  const { FR, EN } = labelOf(criterion.field, product);
  return {
    FR: `Votre critère « ${FR} » (${askedOf(criterion, "FR")}) n'était pas rempli.`,
    EN: `Your criterion "${EN}" (${askedOf(criterion, "EN")}) was not met.`,
  };
}

const sentences: Readonly<Record<MissReason, Sentence>> = {
  CAMPAIGN_NOT_ACTIVE: {
    FR: "Votre campagne était en pause ou archivée.",
    EN: "Your campaign was paused or archived.",
  },
  OUTSIDE_ZONES: {
    FR: "Le lieu n'est dans aucune zone de votre campagne.",
    EN: "No zone of your campaign contains the place.",
  },
  IN_EXCLUDED_ZONE: {
    FR: "Le lieu est dans une zone que votre campagne exclut.",
    EN: "A zone that your campaign excludes contains the place.",
  },
  PLACE_NOT_PRECISE: {
    FR: "Seul un cercle ou un polygone de votre campagne pouvait répondre, et la position n'est pas connue.",
    EN: "Only a circle or polygon of your campaign could contain the place, and the position is not known.",
  },
  CRITERION_NOT_MET: {
    FR: "Un critère de votre campagne n'était pas rempli.",
    EN: "A criterion of your campaign was not met.",
  },
  TOO_OLD: {
    FR: "La demande avait attendu plus longtemps que votre campagne ne l'accepte (maxAgeHours).",
    EN: "The request had waited longer than your campaign allows (maxAgeHours).",
  },
  OUTSIDE_SCHEDULE: {
    FR: "Votre campagne était fermée à cette heure et n'a pas rouvert à temps.",
    EN: "Your campaign was closed at that hour and did not reopen in time.",
  },
  CAMPAIGN_CHANGED: {
    FR: "Votre campagne a été modifiée pendant que la demande était attribuée.",
    EN: "Your campaign was edited while the request was being allocated.",
  },
  NOBODY_CONNECTED: {
    FR: "Votre campagne ne veut de demandes que lorsque l'un de vous est connecté, et personne ne l'était.",
    EN: "Your campaign takes leads only while one of your members is connected, and nobody was.",
  },
  CAP_REACHED: {
    FR: "Un plafond de votre campagne était atteint.",
    EN: "A cap of your campaign was reached.",
  },
  BALANCE_TOO_LOW: {
    FR: "Votre solde, ou votre limite de dépense du mois, ne suffisait pas.",
    EN: "Your balance, or the rest of your monthly limit, was too low.",
  },
  OTHERS_WERE_FIRST: {
    FR: "La personne vous avait choisi, mais la demande n'était plus disponible à vos conditions.",
    EN: "The person had chosen you, but the request was no longer available on your terms.",
  },
  CHOSE_OTHERS: {
    FR: "Rien dans vos conditions ne s'y opposait : la personne en a choisi d'autres, ou ne vous a pas été proposée.",
    EN: "Nothing in your terms spoke against it: the person chose others, or was not shown your name.",
  },
};

function labelOf(field: string, product: string): Sentence {
  const known = productById(product)?.form.fields.find(({ id }) => id === field);
  return known?.label ?? { FR: field, EN: field };
}

const words: Readonly<Record<Language, Readonly<Record<"oneOf" | "noneOf" | "min" | "max", string>>>> = {
  FR: { oneOf: "parmi", noneOf: "aucun de", min: "au moins", max: "au plus" },
  EN: { oneOf: "one of", noneOf: "none of", min: "at least", max: "at most" },
};
const answered: Readonly<Record<Language, readonly [yes: string, no: string]>> = {
  FR: ["renseigné", "non renseigné"],
  EN: ["answered", "not answered"],
};

/** The criterion as the supplier wrote it: values by their codes. */
function askedOf({ oneOf, noneOf, min, max, isSet }: Criterion, language: Language): string {
  const tests = Object.entries({ oneOf, noneOf, min, max }).flatMap(([test, value]) =>
    value === undefined ? [] : [`${words[language][test as keyof typeof words.EN]} ${textOf(value)}`],
  );
  const [yes, no] = answered[language];
  return [...tests, ...(isSet === undefined ? [] : [isSet ? yes : no])].join(", ");
}

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join(", ") : String(value);
