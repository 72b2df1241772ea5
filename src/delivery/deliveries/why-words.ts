/** Puts the reasons why a supplier received a lead into words. Codes and names of fields stay as they are. */
import type { ContactChannel } from "../../reference/catalogue";
import type { Language, Words } from "../../shared/language";
import type { Reason, ReasonFact, ZoneFact } from "./why";

export const reasonText = (reason: Reason, language: Language): string =>
  "text" in reason ? reason.text : wordsOf(reason)[language];

function wordsOf(fact: ReasonFact): Words {
  switch (fact.kind) {
    case "CONSENT":
      return consentWords(fact.channels, fact.invented === true);
    case "ZONE":
      return {
        FR: `${fact.commune} (${fact.inseeCode}) est dans votre zone ${zoneWords(fact.zone).FR}.`,
        EN: `${fact.commune} (${fact.inseeCode}) lies in your zone ${zoneWords(fact.zone).EN}.`,
      };
    case "CRITERION":
      return {
        FR: `Votre critère sur ${fact.field} est rempli.`,
        EN: `Your criterion on ${fact.field} is met.`,
      };
    case "CAP":
      return capWords(fact);
    case "PRICE":
      return priceWords(fact.priceCents);
  }
}

function consentWords(channels: readonly ContactChannel[], isInvented: boolean): Words {
  const list = channels.join(", ");
  if (isInvented)
    return {
      FR: `Une personne inventée vous a donné son accord, par ${list}.`,
      EN: `An invented person consented to you, by ${list}.`,
    };
  return {
    FR: `La personne vous a désigné, par ${list}.`,
    EN: `The person named you, by ${list}.`,
  };
}

function zoneWords(zone: ZoneFact | null): Words {
  if (zone === null) return { FR: "", EN: "" };
  if (zone === "polygon") return { FR: "polygone", EN: "polygon" };
  if (typeof zone === "string") return { FR: zone, EN: zone };
  const { radiusKm, latitude, longitude } = zone;
  return {
    FR: `cercle de ${String(radiusKm)} km autour de ${String(latitude)}, ${String(longitude)}`,
    EN: `circle of ${String(radiusKm)} km around ${String(latitude)}, ${String(longitude)}`,
  };
}

const periods: ReadonlyMap<string, string> = new Map([
  ["HOUR", "cette heure"],
  ["DAY", "ce jour"],
  ["WEEK", "cette semaine"],
  ["MONTH", "ce mois"],
]);

function capWords({ unit, period, limit, used }: Extract<ReasonFact, { kind: "CAP" }>): Words {
  const [usedText, limitText] = [String(used), String(limit)];
  return {
    FR: `${usedText} sur ${limitText} ${unit} ${periods.get(period) ?? period}, ce lead compris.`,
    EN: `${usedText} of ${limitText} ${unit} this ${period}, this lead included.`,
  };
}

function priceWords(priceCents: number | null): Words {
  if (priceCents === null)
    return {
      FR: "Créé à la demande dans le bac à sable : zones, critères et plafonds n'ont pas été vérifiés, et rien n'est facturé.",
      EN: "Created on demand in the sandbox: zones, criteria and caps were not checked, and nothing is charged.",
    };
  return {
    FR: `Votre prix de ${String(priceCents)} centimes.`,
    EN: `Your price of ${String(priceCents)} cents.`,
  };
}
