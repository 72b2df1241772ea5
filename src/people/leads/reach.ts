/** Reads phone numbers, so that equal ones are equal text; null for invalid ones. */
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import { bareNumber } from "../../shared/contact-text";

const mobileKinds = ["MOBILE", "FIXED_LINE_OR_MOBILE"];
const phoneKinds = [...mobileKinds, "FIXED_LINE", "VOIP", "PERSONAL_NUMBER"];

/** Returns the number in E.164. National numbers are parsed for `country`. */
export function writtenNumber(value: string, country: CountryCode): string | null {
  // Text around a number is refused, because it is probably a mistake.
  const bare = bareNumber(value);
  if (bare === null) return null;
  const parsed = parsePhoneNumberFromString(bare, { defaultCountry: country, extract: false });
  return parsed?.isValid() && phoneKinds.includes(parsed.getType() ?? "UNKNOWN") ? parsed.number : null;
}

/** Whether a normalised number can receive an SMS. */
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
