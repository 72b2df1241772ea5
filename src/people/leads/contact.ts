/**
 * Validates and normalises a person's contact, and finds all its faults at once. National phone numbers of overseas
 * départements are valid only in their own territory, so the département decides how a number is parsed.
 */
import { hasBidirectionalControl, isVisible, writtenEmail, writtenName } from "../../shared/contact-text";
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { isMobile, phoneCountryOf, writtenNumber } from "./reach";

/** The kinds of contact that a person can confirm and by which their requests are found. */
export type ContactKind = "EMAIL" | "PHONE";

export type Civility = "MADAME" | "MONSIEUR" | "UNSPECIFIED";

export interface Contact {
  readonly civility: Civility;
  readonly firstName: string;
  readonly lastName: string;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string;
  readonly street: string | null;
  readonly postcode: string;
  readonly city: string;
}

export interface ContactInput {
  readonly civility: Civility;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone?: string | null;
  readonly email: string;
  readonly street?: string | null;
  readonly postcode: string;
  readonly city: string;
}

const malformed = { reason: "MALFORMED" };
const longest = { name: 80, street: 200, city: 100 };

export interface ContactNeeds {
  /** Why a phone number is required, for the error message; null when it is optional. */
  readonly phoneFor: string | null;
  /** Whether the number must be able to receive an SMS. */
  readonly mobile: boolean;
  readonly departement: string;
}

export function checkContact(input: ContactInput, needs: ContactNeeds): Contact {
  return checkAll<Contact>({
    civility: () => input.civility,
    firstName: () => text("firstName", input.firstName, longest.name),
    lastName: () => text("lastName", input.lastName, longest.name),
    phone: () => phone(input.phone ?? null, needs),
    email: () => email(input.email),
    street: () => (input.street ? text("street", input.street, longest.street) : null),
    postcode: () => postcode(input.postcode),
    city: () => text("city", input.city, longest.city),
  });
}

function text(field: string, value: string, longestAllowed: number): string {
  if (hasBidirectionalControl(value)) {
    throw invalid(
      `contact.${field} contains an invisible character that reverses the text around it. Ask the person to type it again.`,
      malformed,
    );
  }
  const written = writtenName(value);
  if (isVisible(written) && written.length <= longestAllowed && !/\p{Cc}/u.test(written)) return written;
  const reason = !isVisible(written) ? "EMPTY" : written.length > longestAllowed ? "TOO_LONG" : "MALFORMED";
  throw invalid(
    `contact.${field} must be 1 to ${longestAllowed} visible characters, without control characters.`,
    { reason },
  );
}

function email(value: string): string {
  const written = writtenEmail(value);
  if (written !== null) return written;
  throw invalid(
    "contact.email is not an e-mail address. Ask the person to read it again, for example nom@exemple.fr.",
    malformed,
  );
}

function postcode(value: string): string {
  if (!/^\d{5}$/.test(value.trim()))
    throw invalid("contact.postcode must be the five digits of a French postcode.", malformed);
  return value.trim();
}

function phone(value: string | null, { phoneFor, mobile, departement }: ContactNeeds): string | null {
  if (value === null || value.trim() === "") {
    if (phoneFor === null) return null;
    throw invalid(`contact.phone is required: ${phoneFor}.`, { reason: "REQUIRED" });
  }
  const number = writtenNumber(value, phoneCountryOf(departement));
  if (number === null) {
    throw invalid(
      "contact.phone is not a number a person can be reached at. Give it with its country code, for example +33 6 12 34 56 78.",
      malformed,
    );
  }
  if (mobile && !isMobile(number)) {
    throw invalid("contact.phone cannot receive an SMS. Give a mobile number, or confirm by EMAIL.", {
      reason: "NOT_ALLOWED",
    });
  }
  return number;
}
