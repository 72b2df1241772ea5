/** Validates a billing profile before it is used on documents. */
import { isEuCountry } from "../ledger";
import { invalid } from "../../shared/errors";
import { mailAddressFault } from "../../shared/mail-address";
import { vatNumberOf } from "../../shared/registration";
import type { BillingProfile } from "./billing-profile";

const maxLine = 200;
const controlCharacter = /\p{Cc}/u;
/** The two letters of the country (EL for Greece), followed by the national number. */
const vatShape = /^[A-Z]{2}[A-Z0-9+*]{2,12}$/;

export function checkProfile(profile: BillingProfile, siren: string): BillingProfile {
  const country = profile.country.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) {
    throw invalid("country must be a two-letter ISO 3166 code, for example FR, MC or BE.");
  }
  return {
    country,
    vatNumber: checkVatNumber(profile.vatNumber, country, siren),
    street: checkLine("street", profile.street, maxLine),
    postcode: checkLine("postcode", profile.postcode, 12),
    city: checkLine("city", profile.city, maxLine),
    language: profile.language,
    purchaseOrder:
      profile.purchaseOrder === null ? null : checkLine("purchaseOrder", profile.purchaseOrder, 35),
    email: profile.email === null ? null : checkEmail(profile.email.trim()),
  };
}

function checkVatNumber(text: string | null, country: string, siren: string): string | null {
  const vatNumber = text === null ? null : text.replaceAll(/\s/g, "").toUpperCase();
  if (country === "FR") return checkFrench(vatNumber, siren);
  return isEuCountry(country) ? checkEuropean(vatNumber, country) : vatNumber;
}

function checkFrench(vatNumber: string | null, siren: string): string | null {
  if (vatNumber === null || vatNumber === vatNumberOf(siren)) return vatNumber;
  throw invalid(
    "vatNumber does not belong to this SIREN: it must be FR, two digits computed from the SIREN, and the SIREN.",
  );
}

function checkEuropean(vatNumber: string | null, country: string): string {
  const prefix = country === "GR" ? "EL" : country;
  if (vatNumber !== null && vatShape.test(vatNumber) && vatNumber.startsWith(prefix)) return vatNumber;
  throw invalid(
    `vatNumber is required for a supplier in ${country} and begins with ${prefix}. The reverse charge of VAT needs it.`,
  );
}

function checkEmail(email: string): string {
  const fault = mailAddressFault(email);
  if (fault === null) return email;
  throw invalid(`email: ${fault}.`);
}

function checkLine(field: string, text: string, most: number): string {
  const line = text.trim().normalize("NFC");
  if (line.length > 0 && line.length <= most && !controlCharacter.test(line)) return line;
  throw invalid(`${field} must be one line of 1 to ${String(most)} characters.`);
}
