/** Texts for every step of every ranking rule. The page is built from these and from the rules. */
import type { Label, Language, Product, RankingRule } from "../../reference/catalogue";
import { rankingRules, unreviewedScore, type RankingStep } from "../../allocation/matching";

export const stepWords: Readonly<Record<RankingStep, Label>> = {
  PRICE: {
    FR: `<strong>Le prix joue un rôle.</strong> Un fournisseur paie CarAtlas pour chaque demande qu’il reçoit et fixe
      ce prix lui-même, au-dessus d’un minimum. Ceux qui offrent davantage passent devant.`,
    EN: `<strong>The price plays a part.</strong> A supplier pays CarAtlas for each request it receives and sets that
      price itself, above a minimum. Those who offer more come first.`,
  },
  TURN: {
    FR: `Chacun son tour&nbsp;: celui qui n’a encore reçu aucune demande de ce produit, ou dont la dernière remonte le
      plus loin, passe devant. Une demande rendue compte comme les autres. Cela vaut pour qui reçoit votre demande&nbsp;; les
      fournisseurs vous sont montrés dans l’ordre du prix, pour que personne ne puisse lire ici qui en reçoit.`,
    EN: `Each in turn: whoever has received no request for this product yet, or received the last one longest ago, comes
      first. A request that was given back counts like any other. So it is decided who receives your request; suppliers
      are shown to you in the order of the price, so that nobody can read here who receives requests.`,
  },
  DISTANCE: {
    FR: `Le plus proche passe devant&nbsp;: du centre de la commune de son établissement à celui de la vôtre, à
      vol d’oiseau et en kilomètres entiers. Celui dont la distance n’est pas connue passe après les autres.`,
    EN: `The nearest comes first: from the middle of the commune of its site to that of yours, as the crow flies and in
      whole kilometres.
      Those whose distance is not known come after the others.`,
  },
  QUALITY: {
    FR: `La qualité du service passe devant&nbsp;: une note de 0 à 100 qu’une personne de CarAtlas donne à chaque
      fournisseur, pour chaque produit, avec ses raisons, qu’il peut lire. Aucune note n’est calculée. Qui n’a pas
      encore été noté compte pour ${String(unreviewedScore)}.`,
    EN: `The better service comes first: a score from 0 to 100 that a person at CarAtlas gives each supplier for each
      product, with the reasons, which the supplier can read. No score is computed. Whoever has not been scored yet
      counts as ${String(unreviewedScore)}.`,
  },
};

/** The last step of every rule. */
export const drawWords: Label = {
  FR: `À égalité, un tirage au sort décide, d’abord entre fournisseurs, ensuite entre leurs campagnes&nbsp;: se
    présenter plusieurs fois n’augmente pas les chances.`,
  EN: `Between equals a draw decides, first between suppliers, then between their campaigns: to stand there several
    times buys no luck.`,
};

/** What people read instead of a rule's code. */
export const ruleNames: Readonly<Record<RankingRule, Label>> = {
  PRICE_THEN_DRAW: { FR: "Par le prix", EN: "By price" },
  TURN_THEN_PRICE: { FR: "Chacun son tour", EN: "In turn" },
  NEAREST_THEN_PRICE: { FR: "Le plus proche d’abord", EN: "The nearest first" },
  QUALITY_THEN_PRICE: { FR: "La qualité d’abord", EN: "Quality first" },
};

const usedFor: Label = { FR: "Pour&nbsp;:", EN: "For:" };
const notUsed: Label = { FR: "Pour aucun produit à ce jour.", EN: "For no product today." };

const namesOf = Object.keys(rankingRules) as readonly RankingRule[];

/** Each rule with its products and its steps. The first step in which two suppliers differ decides. */
export const rulesInWords = (language: Language, products: readonly Product[]): string =>
  namesOf.map((rule) => ruleInWords(rule, language, products)).join("\n");

function ruleInWords(rule: RankingRule, language: Language, products: readonly Product[]): string {
  const names = products.filter(({ rankedBy }) => rankedBy === rule).map(({ label }) => label[language]);
  const whose = names.length > 0 ? `${usedFor[language]} ${names.join(", ")}.` : notUsed[language];
  const steps = [...rankingRules[rule].map((step) => stepWords[step]), drawWords];
  const items = steps.map((words) => `<li>${words[language]}</li>`).join("\n");
  return `<h3>${ruleNames[rule][language]}</h3>\n<p>${whose}</p>\n<ol>\n${items}\n</ol>`;
}
