/** Which terms suppliers accept, and which register of VAT numbers is asked. */
import type { Terms } from "../../account/onboarding";
import type { SettingReader } from "./setting-reader";

export interface OnboardingSettings {
  readonly terms: Terms;
  /** Without a last slash. */
  readonly viesBase: string;
}

const vies = "https://ec.europa.eu/taxation_customs/vies/rest-api";

export const onboardingOf = (read: SettingReader): OnboardingSettings =>
  Object.freeze({
    terms: {
      version: read.text("SUPPLIER_TERMS_VERSION") ?? "2026-11",
      url: read.publicUrl("SUPPLIER_TERMS_URL"),
    },
    viesBase: read.publicUrl("VIES_API_BASE") ?? vies,
  });
