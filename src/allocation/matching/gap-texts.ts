/**
 * What would have changed a verdict, in words, such as "12 km instead of 8". The reasons themselves are
 * reason-texts.ts.
 */
import type { AnswerValue, Label } from "../../reference/catalogue";
import type { Cap, Criterion } from "../../offers/campaigns";

export const distanceText = (km: number, withinKm: number): Label => ({
  FR: `${number("FR", km)} km du centre du cercle le plus proche, au lieu de ${number("FR", withinKm)} au plus.`,
  EN: `${number("EN", km)} km from the centre of the nearest circle, instead of at most ${number("EN", withinKm)}.`,
});

export const placeText = (place: string, zones: readonly string[]): Label => ({
  FR: `${place} ; demandé : ${zones.join(", ")}.`,
  EN: `${place} instead of ${zones.join(", ")}.`,
});

export const zoneLabel = (zone: string): Label => ({
  FR: `La zone exclue est ${zone}.`,
  EN: `The excluded zone is ${zone}.`,
});

export const tooOldText = (hours: number, most: number): Label => ({
  FR: `${number("FR", upwards(hours))} h d’attente, au lieu de ${number("FR", most)} au plus.`,
  EN: `Waited ${number("EN", upwards(hours))} h, instead of at most ${number("EN", most)}.`,
});

export const capText = ({ unit, period, limit }: Cap, resetsAt: string | undefined): Label => ({
  FR: `Plafond de ${number("FR", limit)} ${unit} par ${period}${resetsAt === undefined ? "" : `, de nouveau libre à ${resetsAt}`}.`,
  EN: `Cap of ${number("EN", limit)} ${unit} per ${period}${resetsAt === undefined ? "" : `, free again at ${resetsAt}`}.`,
});

export const liftText = (liftsAt: string): Label => ({
  FR: `Possible à partir de ${liftsAt}.`,
  EN: `Possible from ${liftsAt}.`,
});

export const connectedText: Label = {
  FR: "Une personne connectée à ce moment, qui peut voir la campagne.",
  EN: "A connected member who may see the campaign.",
};

export const answerGapText = (asked: Criterion, answered: AnswerValue | null): Label => ({
  FR: `${asked.field} : ${given("FR", answered)} ; attendu : ${askedText("FR", asked)}.`,
  EN: `${asked.field}: ${given("EN", answered)} instead of ${askedText("EN", asked)}.`,
});

/** Everything a criterion asks. */
export function askedText(
  language: keyof Label,
  { oneOf, noneOf, min, max, isSet }: Omit<Criterion, "field">,
): string {
  const words = askedWords[language];
  const tests = [
    oneOf && `${words.oneOf} ${listed(oneOf)}`,
    noneOf && `${words.noneOf} ${listed(noneOf)}`,
    min !== undefined && `${words.min} ${value(language, min)}`,
    max !== undefined && `${words.max} ${value(language, max)}`,
    isSet !== undefined && (isSet ? words.answered : words.notAnswered),
  ];
  return tests.filter((test) => typeof test === "string").join(words.and);
}

const askedWords = {
  FR: {
    ...{ oneOf: "une valeur parmi", noneOf: "aucune valeur parmi", min: "au moins", max: "au plus" },
    ...{ answered: "une réponse", notAnswered: "pas de réponse", and: " et " },
  },
  EN: {
    ...{ oneOf: "one of", noneOf: "none of", min: "at least", max: "at most" },
    ...{ answered: "an answer", notAnswered: "no answer", and: " and " },
  },
};

const listed = (values: readonly AnswerValue[]): string => values.map(String).join(", ");

function given(language: keyof Label, answered: AnswerValue | null): string {
  // The content of an answered text is the person's own words and is not known here.
  if (answered === null) return language === "FR" ? "pas de valeur" : "no value";
  return typeof answered === "object" ? answered.join(", ") : value(language, answered);
}

const value = (language: keyof Label, one: string | number | boolean): string =>
  typeof one === "number" ? number(language, one) : String(one);

const number = (language: keyof Label, one: number): string =>
  one.toLocaleString(language === "FR" ? "fr-FR" : "en-GB", { maximumFractionDigits: 1 });

// Rounded up: a value above the limit must not be shown as equal to it.
const upwards = (hours: number): number => Math.ceil(hours * 10) / 10;
