/** Which terms suppliers accept, and where their VAT numbers are looked up. */
import type { Terms } from "../../account/onboarding";
import { about, optional, text, webAddress, type Read } from "./kinds";

export interface OnboardingSettings {
  readonly terms: Terms;
  /** Without a trailing slash. */
  readonly viesBase: string;
}

export const onboardingSettings = {
  SUPPLIER_TERMS_VERSION: text().prefault("2026-11").register(about, {
    description:
      "The version of the terms that a supplier accepts before its first campaign. A new version has to be accepted again.",
  }),
  SUPPLIER_TERMS_URL: optional(webAddress()).register(about, {
    description:
      "The page with those terms. Default: /conditions of this server, with the rules that it applies.",
    example: "https://leads.example.fr/terms",
  }),
  VIES_API_BASE: webAddress()
    .prefault("https://ec.europa.eu/taxation_customs/vies/rest-api")
    .register(about, {
      description: "The address of VIES, where staff look up suppliers' VAT numbers.",
    }),
};

export const onboardingOf = (values: Read<typeof onboardingSettings>): OnboardingSettings =>
  Object.freeze({
    terms: { version: values.SUPPLIER_TERMS_VERSION, url: values.SUPPLIER_TERMS_URL },
    viesBase: values.VIES_API_BASE,
  });
