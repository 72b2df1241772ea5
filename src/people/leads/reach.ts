/** How an address and a number are written, so that the same one is always the same text. null: it is none. */
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";

const longestEmail = 254;
// One @, no spaces or control characters, a dot in the domain: the code that is sent proves the rest.
const emailShape = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}.]+(\.[^\s@\p{Cc}.]+)+$/u;
const mobileKinds = ["MOBILE", "FIXED_LINE_OR_MOBILE"];
const phoneKinds = [...mobileKinds, "FIXED_LINE", "VOIP", "PERSONAL_NUMBER"];

/** Composed characters (NFC), lower case, no space around it. */
export function writtenEmail(value: string): string | null {
  const written = value.normalize("NFC").trim().toLowerCase();
  return written.length <= longestEmail && emailShape.test(written) ? written : null;
}

/** E.164. A national number is read as of `country`. */
export function writtenNumber(value: string, country: CountryCode): string | null {
  // Text around a number is a slip, not something to be read past.
  const parsed = parsePhoneNumberFromString(value, { defaultCountry: country, extract: false });
  return parsed?.isValid() && phoneKinds.includes(parsed.getType() ?? "UNKNOWN") ? parsed.number : null;
}

/** Whether a number, as it is written, can receive an SMS. */
export const isMobile = (number: string): boolean =>
  mobileKinds.includes(parsePhoneNumberFromString(number)?.getType() ?? "UNKNOWN");

const overseas: Readonly<Record<string, CountryCode>> = {
  "971": "GP",
  "972": "MQ",
  "973": "GF",
  "974": "RE",
  "975": "PM",
  "976": "YT",
  "977": "BL",
  "978": "MF",
  "986": "WF",
  "987": "PF",
  "988": "NC",
};

export const phoneCountryOf = (departement: string): CountryCode => overseas[departement] ?? "FR";
