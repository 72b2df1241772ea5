/** Validates the e-mail address, name and password of a member and the label and web origins of an API key. */
import { emailForms, withoutInvisible } from "../../shared/contact-text";
import { invalid } from "../../shared/errors";
import { checkEach } from "../../shared/faults";
import { checkOneLine } from "../../shared/lines";

const emailShape = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\]{2,}$/;
const maxEmailLength = 254;
const minPasswordLength = 12;
const maxPasswordLength = 200;
const maxLabelLength = 120;
const maxOrigins = 50;
const controlCharacter = /\p{Cc}/u;

/** The address as it is stored. Addresses that differ only in case or in invisible characters are the same. */
export const emailKeyOf = (email: string): string =>
  withoutInvisible(email).trim().normalize("NFC").toLowerCase().replace(/\.$/u, "");

/**
 * Every form in which a member's address may have been stored, the current one first: in any form of its domain,
 * and, before invisible characters were removed, exactly as it was typed.
 */
export function storedFormsOf(email: string): string[] {
  const typed = email.trim().normalize("NFC").toLowerCase();
  return [...new Set([...emailForms(emailKeyOf(email)), typed])];
}

export function checkEmail(email: string): string {
  const key = emailKeyOf(email);
  if (key.length > maxEmailLength || controlCharacter.test(key) || !emailShape.test(key)) {
    throw invalid("email is not an e-mail address. Write it as name@example.com.", {
      reason: key.length > maxEmailLength ? "TOO_LONG" : "MALFORMED",
    });
  }
  return key;
}

/** The same accented letters can be typed as one character or two: a new password is kept in one form (NFC). */
export function checkPassword(given: string): string {
  const password = given.normalize("NFC");
  if (password.length < minPasswordLength || password.length > maxPasswordLength) {
    throw invalid(
      `password must have ${String(minPasswordLength)} to ${String(maxPasswordLength)} characters. A sentence of several words is easy to remember.`,
      { reason: password.length > maxPasswordLength ? "TOO_LONG" : "OUT_OF_RANGE" },
    );
  }
  return password;
}

/** Checks a label or a name: one line that is not blank. */
export const checkLine = (field: string, text: string): string =>
  checkOneLine(field, text, { most: maxLabelLength });

/** Each origin must be written as a browser sends it: scheme, host and, unless it is the default one, port. */
export function checkOrigins(origins: readonly string[]): string[] {
  if (origins.length > maxOrigins)
    throw invalid(`origins: at most ${String(maxOrigins)}.`, { reason: "TOO_MANY" });
  const checked = checkEach(origins, (origin) => {
    if (isWebOrigin(origin)) return origin;
    throw invalid(
      "origins: one value is not a web origin. Write https://www.example.com, without a path or a trailing slash.",
      { reason: "MALFORMED" },
    );
  });
  return [...new Set(checked)];
}

const isWebOrigin = (text: string): boolean =>
  /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
