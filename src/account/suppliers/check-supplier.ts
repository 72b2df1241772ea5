/** Validates and normalises the details of a supplier and of its sites. */
import { invalid } from "../../shared/errors";
import { checkAll, checkEach, checkTogether } from "../../shared/faults";
import { checkOneLine } from "../../shared/lines";
import { isSiret } from "../../shared/registration";
import {
  checkCompany,
  checkCountry,
  withoutSpaces,
  type CompanyDetails,
  type CompanyFacts,
} from "./check-company";

interface Named {
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

export interface SupplierDetails extends Named, CompanyDetails {
  readonly creditAgencies: readonly string[];
  readonly groupLabel: string | null;
}

export interface SupplierFacts extends Named, CompanyFacts {
  readonly creditAgencies?: readonly string[] | null;
  readonly groupLabel?: string | null;
}

export interface SiteFacts extends Named {
  readonly siret?: string | null;
  /** The country of the supplier by default. */
  readonly country?: string | null;
}

export interface SiteDetails extends Named {
  /** Null outside France. */
  readonly siret: string | null;
  readonly country: string;
}

const maxCreditAgencies = 20;

/** Finds all faults at once, as `checkSite` does. */
export function checkSupplier(facts: SupplierFacts): SupplierDetails {
  const [named, company, rest] = checkTogether(
    () => checkAll({ name: () => checkOneLine("name", facts.name) }),
    () => checkCompany(facts),
    () =>
      checkAll<Omit<SupplierDetails, keyof CompanyDetails | "name">>({
        ...checksOfAddress(facts, facts.country ?? "FR"),
        creditAgencies: () => checkAgencies(facts.creditAgencies ?? []),
        groupLabel: () => (facts.groupLabel == null ? null : checkOneLine("groupLabel", facts.groupLabel)),
      }),
  );
  return { ...named, ...company, ...rest };
}

export const checkSite = (site: SiteFacts, of: Pick<SupplierDetails, "siren" | "country">): SiteDetails =>
  checkAll<SiteDetails>({
    name: () => checkOneLine("name", site.name),
    country: () => checkCountry(site.country ?? of.country),
    siret: ({ country }) => checkSiret(site.siret ?? null, { country, siren: of.siren }),
    ...checksOfAddress(site, site.country ?? of.country),
  });

const checksOfAddress = (facts: Named, country: string) => ({
  street: () => checkOneLine("street", facts.street),
  postcode: () => checkPostcode(facts.postcode, country),
  city: () => checkOneLine("city", facts.city),
});

function checkSiret(
  text: string | null,
  { country, siren }: { readonly country: string | undefined; readonly siren: string | null },
): string | null {
  if (text === null) {
    if (country === "FR") throw invalid("siret is required for a site in France.", { reason: "REQUIRED" });
    return null;
  }
  if (country !== undefined && country !== "FR")
    throw invalid("siret is for sites in France.", { reason: "NOT_ALLOWED" });
  const siret = withoutSpaces(text);
  if (!isSiret(siret)) {
    throw invalid(
      "siret must be fourteen digits, the last of which is a check digit. Copy it from the register.",
      { reason: "MALFORMED" },
    );
  }
  if (siren === null || siret.startsWith(siren)) return siret;
  throw invalid("siret must begin with the supplier's own SIREN.", { reason: "INVALID" });
}

/** Five digits in France and Monaco; abroad as the country writes it. */
function checkPostcode(text: string, country: string): string {
  if (!["FR", "MC"].includes(country.trim().toUpperCase()))
    return checkOneLine("postcode", text, { most: 12 });
  if (/^\d{5}$/.test(text)) return text;
  throw invalid("postcode must be five digits.", { reason: "MALFORMED" });
}

function checkAgencies(agencies: readonly string[]): string[] {
  if (agencies.length > maxCreditAgencies)
    throw invalid(`creditAgencies: at most ${String(maxCreditAgencies)}.`, { reason: "TOO_MANY" });
  return [...new Set(checkEach(agencies, (agency) => checkOneLine("creditAgencies", agency)))];
}
