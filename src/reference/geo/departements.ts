/**
 * What follows from a département's code alone: its ISO 3166 country and its time zone. The overseas collectivities
 * count as separate countries, because a supplier that serves "FR" cannot serve them.
 */
const collectivities: Readonly<Record<string, { country: string; timeZone: string }>> = {
  "975": { country: "PM", timeZone: "America/Miquelon" },
  "977": { country: "BL", timeZone: "America/St_Barthelemy" },
  "978": { country: "MF", timeZone: "America/Marigot" },
  "984": { country: "TF", timeZone: "Indian/Kerguelen" },
  "986": { country: "WF", timeZone: "Pacific/Wallis" },
  "987": { country: "PF", timeZone: "Pacific/Tahiti" },
  "988": { country: "NC", timeZone: "Pacific/Noumea" },
};

const overseasTimeZones: Readonly<Record<string, string>> = {
  "971": "America/Guadeloupe",
  "972": "America/Martinique",
  "973": "America/Cayenne",
  "974": "Indian/Reunion",
  "976": "Indian/Mayotte",
};

/** FR for metropolitan France and the five overseas départements, otherwise the collectivity's code. */
export function departementCountry(departement: string): string {
  return collectivities[departement]?.country ?? "FR";
}

/** The IANA time zone of the département. */
export function departementTimeZone(departement: string): string {
  return collectivities[departement]?.timeZone ?? overseasTimeZones[departement] ?? "Europe/Paris";
}
