/** Validates and normalises the details of a supplier and of its sites. */
import { invalid } from "../../shared/errors";
import { checkAll, checkEach } from "../../shared/faults";
import { checkOneLine } from "../../shared/lines";
import { isSiren, isSiret, vatNumberOf } from "../../shared/registration";

export interface SupplierDetails {
  readonly name: string;
  readonly siren: string;
  readonly vatNumber: string | null;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly departement: string;
  readonly creditAgencies: readonly string[];
  readonly groupLabel: string | null;
}

export interface SupplierFacts extends Omit<SupplierDetails, "vatNumber" | "creditAgencies" | "groupLabel"> {
  readonly vatNumber?: string | null;
  readonly creditAgencies?: readonly string[] | null;
  readonly groupLabel?: string | null;
}

export interface SiteDetails {
  readonly name: string;
  readonly siret: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

const maxCreditAgencies = 20;
const departementShape = /^(0[1-9]|[13-8]\d|2[1-9AB]|9[0-5]|97[1-8]|98[678])$/;

/** Finds all faults at once, as `checkSite` does. */
export const checkSupplier = (facts: SupplierFacts): SupplierDetails =>
  checkAll<SupplierDetails>({
    name: () => checkOneLine("name", facts.name),
    siren: () => checkSiren(facts.siren),
    vatNumber: ({ siren }) => checkVatNumber(facts.vatNumber ?? null, siren),
    street: () => checkOneLine("street", facts.street),
    postcode: () => checkPostcode(facts.postcode),
    city: () => checkOneLine("city", facts.city),
    departement: () => checkDepartement(facts.departement),
    creditAgencies: () => checkAgencies(facts.creditAgencies ?? []),
    groupLabel: () => (facts.groupLabel == null ? null : checkOneLine("groupLabel", facts.groupLabel)),
  });

export const checkSite = (site: SiteDetails, siren: string): SiteDetails =>
  checkAll<SiteDetails>({
    name: () => checkOneLine("name", site.name),
    siret: () => checkSiret(site.siret, siren),
    street: () => checkOneLine("street", site.street),
    postcode: () => checkPostcode(site.postcode),
    city: () => checkOneLine("city", site.city),
  });

function checkSiren(text: string): string {
  const siren = withoutSpaces(text);
  if (isSiren(siren)) return siren;
  throw invalid("siren must be nine digits, the last of which is a check digit. Copy it from the register.", {
    reason: "MALFORMED",
  });
}

function checkSiret(text: string, siren: string): string {
  const siret = withoutSpaces(text);
  if (!isSiret(siret)) {
    throw invalid(
      "siret must be fourteen digits, the last of which is a check digit. Copy it from the register.",
      { reason: "MALFORMED" },
    );
  }
  if (siret.startsWith(siren)) return siret;
  throw invalid("siret must begin with the supplier's own SIREN.", { reason: "INVALID" });
}

function checkPostcode(postcode: string): string {
  if (/^\d{5}$/.test(postcode)) return postcode;
  throw invalid("postcode must be five digits.", { reason: "MALFORMED" });
}

function checkDepartement(departement: string): string {
  if (departementShape.test(departement)) return departement;
  throw invalid("departement must be a code such as 69, 2A, 974 or 988. It decides the rate of VAT.", {
    reason: "UNKNOWN_VALUE",
  });
}

function checkAgencies(agencies: readonly string[]): string[] {
  if (agencies.length > maxCreditAgencies)
    throw invalid(`creditAgencies: at most ${String(maxCreditAgencies)}.`, { reason: "TOO_MANY" });
  return [...new Set(checkEach(agencies, (agency) => checkOneLine("creditAgencies", agency)))];
}

/** `siren` is undefined when it is at fault itself; then the number cannot be compared with it. */
function checkVatNumber(text: string | null, siren: string | undefined): string | null {
  if (text === null) return null;
  const vatNumber = withoutSpaces(text).toUpperCase();
  if (siren === undefined || vatNumber === vatNumberOf(siren)) return vatNumber;
  throw invalid(
    "vatNumber does not belong to this SIREN: it must be FR, two digits computed from the SIREN, and the SIREN.",
    { reason: "INVALID" },
  );
}

// Registers print numbers in groups, separated by plain, no-break or narrow no-break spaces.
const withoutSpaces = (text: string): string => text.replaceAll(/[ \u00a0\u202f]/g, "");
