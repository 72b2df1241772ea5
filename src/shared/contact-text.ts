/**
 * When are two names, e-mail addresses or phone numbers the same, although they were typed or pasted differently?
 * Intake, the lists of own customers with their program, and sign-in all use this rule. Whether a number exists is
 * src/people/leads/reach.ts.
 */
import { unicodeLabel } from "./punycode";

/** Format characters, and the other characters that are displayed as nothing. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const bidirectionalControl = /\p{Bidi_Control}/u;
// A Braille blank is a symbol, but nobody sees it.
const visible = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** The scripts whose words can need a joiner (ZWJ) or a non-joiner (ZWNJ) between two letters. */
const joined =
  "[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}" +
  "\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}]";
const neededJoiner = new RegExp(
  `(?<=[\\p{L}\\p{M}])(?<=${joined})[\\u200c\\u200d](?=[\\p{L}\\p{M}])(?=${joined})`,
  "u",
);

export const withoutInvisible = (text: string): string => text.replaceAll(invisible, "");

export const hasBidirectionalControl = (text: string): boolean => bidirectionalControl.test(text);

export const isVisible = (text: string): boolean => visible.test(withoutInvisible(text));

/**
 * A name or a line of an address in composed characters (NFC), with single spaces. Of the invisible characters only
 * the joiners stay that a script needs. They distinguish spellings and not persons: no digest may contain them.
 */
export function writtenName(text: string): string {
  const kept = text.replaceAll(invisible, (sign, at: number) => (isNeeded(text, at) ? sign : ""));
  return kept.normalize("NFC").trim().replaceAll(/\s+/gu, " ");
}

function isNeeded(text: string, at: number): boolean {
  // Two characters before, because a letter can be a pair of surrogates.
  const around = text.slice(Math.max(0, at - 2), at + 3);
  return neededJoiner.exec(around)?.index === Math.min(2, at);
}

const longestEmail = 254;
// One @, no white space or control characters, and a dot in the domain. The confirmation code proves the rest.
const emailShape = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}.]+(\.[^\s@\p{Cc}.]+)+$/u;

/** The domain name system reads these as dots. */
const otherDots = /[。．｡](?=[^@]*$)/gu;

/**
 * Composed characters (NFC) in lower case, without invisible characters, surrounding white space or a dot at the
 * end; null for what is not an address. docs/own-customers.md publishes this form for hashes.
 */
export function writtenEmail(value: string): string | null {
  const typed = withoutInvisible(value).normalize("NFC").trim().toLowerCase();
  const written = typed.replaceAll(otherDots, ".").replace(/\.$/u, "");
  if (written.length > longestEmail || !emailShape.test(written)) return null;
  return asciiDomain(domainOf(written)) === null ? null : written;
}

/** The one form in which addresses are compared: the domain in ASCII, as the domain name system knows it. */
export function canonicalEmail(written: string): string {
  const domain = domainOf(written);
  return localOf(written) + (asciiDomain(domain) ?? domain);
}

/** The canonical form first, then the other forms in which the same address may have been written or hashed. */
export function emailForms(written: string): [string, ...string[]] {
  const canonical = canonicalEmail(written);
  const unicode = localOf(canonical) + domainOf(canonical).split(".").map(unicodeLabel).join(".");
  return [canonical, ...new Set([written, unicode].filter((form) => form !== canonical))];
}

const localOf = (written: string): string => written.slice(0, written.lastIndexOf("@") + 1);
const domainOf = (written: string): string => written.slice(written.lastIndexOf("@") + 1);

/** These would end the host of a URL or be decoded in it. */
const notInDomains = /[/?#:%\\[\]<>^|]/u;

function asciiDomain(domain: string): string | null {
  const url = `http://${domain}`;
  if (notInDomains.test(domain) || !URL.canParse(url)) return null;
  const ascii = new URL(url).hostname.replace(/\.$/u, "");
  // A domain of digits alone is an address of a machine.
  return /\.[^.]*[a-z][^.]*$/.test(ascii) ? ascii : null;
}

/** Spaces and marks that people write into numbers: dots, dashes, slashes, brackets, quotes. */
const marks =
  /[\s\p{Zs}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}./\\|_*•·‧∙⋅・。．،,'"`´~\u2044\u2215\u2212\u2043\u02d7]/gu;
/** The national zero that is not dialled after a country code: +33 (0)1 99 00 12 34. */
const undialledZero = /^(\D*(?:\+|0\s*0)\D*(?:\d\D*?){1,3})[(（[]\s*0\s*[)）\]]/u;

/** A number as digits with at most a + before them; null when something else stands in it, such as words. */
export function bareNumber(value: string): string | null {
  const given = withoutInvisible(value)
    .trim()
    .replace(/^tel\s*:/iu, "")
    .replaceAll(/[＋﹢⁺]/gu, "+");
  const bare = given.replace(undialledZero, "$1").replaceAll(marks, "");
  const number = bare.replace(/^\+?00/u, "+");
  return /^\+?\p{Nd}+$/u.test(number) ? number : null;
}
