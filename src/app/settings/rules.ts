/** Rules that concern several settings, or that depend on whether this is production. */
import { companyNames } from "./company";
import { einvoicingNames, reportingNames } from "./einvoicing";
import { keyRingFrom, listItems } from "./formats";
import { about } from "./kinds";
import { settingsFor, type SettingTexts, type SettingName } from "./schema";
import { stripeNames } from "./services";

/** Settings of which all or none must be set. */
const together: readonly (readonly SettingName[])[] = [
  companyNames,
  stripeNames,
  einvoicingNames,
  reportingNames,
];
const keyNames = ["MASTER_KEY", "INDEX_KEY", "TOKEN_KEY"] as const;

/** One problem for each setting that is needed and not set. */
export function missingFrom(given: SettingTexts, isProduction: boolean): string[] {
  const { shape } = settingsFor(isProduction);
  const names = Object.keys(shape) as SettingName[];
  const isSet = (name: SettingName): boolean => given[name] !== undefined;
  const needed = new Set([
    ...names.filter((name) => isProduction && about.get(shape[name])?.production === "required"),
    ...together.filter((group) => group.some(isSet)).flat(),
    ...(reportingNames.some(isSet) ? einvoicingNames : []),
    ...(isSet("SMTP_URL") ? (["MAIL_FROM"] as const) : []),
  ]);
  return [...needed]
    .filter((name) => !isSet(name))
    .map((name) => `${name} is missing: ${about.get(shape[name])?.missing ?? "it is needed"}.`);
}

/**
 * One problem for each setting that contradicts another one or the environment. `sound` is what is given
 * without the malformed settings, so that none of those is named twice.
 */
export function conflictsIn(given: SettingTexts, sound: SettingTexts, isProduction: boolean): string[] {
  const rings = keyNames.map((name) => keyRingFrom(sound[name] ?? ""));
  const keys = rings.flatMap((ring) => [...(ring?.keys.values() ?? [])].map((key) => key.toString("hex")));
  return [
    ...(isProduction ? unfitForProduction(sound) : []),
    ...openDemo(given, sound),
    ...(given.DATABASE_OWNER_URL !== undefined && given.DATABASE_URL === undefined
      ? ["DATABASE_OWNER_URL: it is of no use without DATABASE_URL; set both or none."]
      : []),
    ...(new Set(keys).size < keys.length
      ? [`${keyNames.join(", ")}: two of them are equal; each needs a value of its own.`]
      : []),
  ];
}

/** A server that others can reach must say what it is, or a forgotten NODE_ENV would open a demo to them. */
function openDemo(given: SettingTexts, sound: SettingTexts): string[] {
  if (given.NODE_ENV !== undefined) return [];
  const { HOST: host = "", PUBLIC_URL: url } = sound;
  const isOpen =
    (host !== "" && !isLoopback(host)) || (url !== undefined && !isLoopback(new URL(url).hostname));
  const problem =
    "NODE_ENV is missing: HOST or PUBLIC_URL opens this server to others, and without NODE_ENV it would be a demo with known accounts. Set production, or development if a demo is meant.";
  return isOpen ? [problem] : [];
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host);

function unfitForProduction(sound: SettingTexts): string[] {
  const isPlain = (name: SettingName): boolean => sound[name]?.startsWith("http:") ?? false;
  const problems: readonly (readonly [boolean, string])[] = [
    [
      listItems(sound.OUTBOUND_ALLOW ?? "").length > 0,
      "OUTBOUND_ALLOW: it lets suppliers reach addresses inside our network and must not be set in production.",
    ],
    [
      sound.STRIPE_API_BASE !== undefined && stripeNames.some((name) => sound[name] !== undefined),
      "STRIPE_API_BASE: it sends payments elsewhere than to Stripe and must not be set in production.",
    ],
    [
      sound.FAILPOINTS !== undefined,
      "FAILPOINTS: it ends the process on purpose and must not be set in production.",
    ],
    [
      isPlain("PUBLIC_URL"),
      "PUBLIC_URL: people's data and keys only travel to an address that begins with https://.",
    ],
    [
      isPlain("ADDRESS_API_BASE"),
      "ADDRESS_API_BASE: people's streets are only sent to an address that begins with https://.",
    ],
    [
      isPlain("EINVOICING_API_BASE") || isPlain("EINVOICING_TOKEN_URL"),
      "EINVOICING_API_BASE, EINVOICING_TOKEN_URL: invoices are only sent to an address that begins with https://.",
    ],
  ];
  return problems.flatMap(([applies, problem]) => (applies ? problem : []));
}
