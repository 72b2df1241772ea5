/** Validates and normalises the details of a supplier and of its sites. */
import { invalid } from "../../shared/errors";
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

const maxLineLength = 200;
const maxCreditAgencies = 20;
const controlCharacter = /\p{Cc}/u;
const departementShape = /^(0[1-9]|[13-8]\d|2[1-9AB]|9[0-5]|97[1-8]|98[678])$/;

export function checkSupplier(facts: SupplierFacts): SupplierDetails {
  const siren = withoutSpaces(facts.siren);
  if (!isSiren(siren)) {
    throw invalid(
      "siren must be nine digits, the last of which is a check digit. Copy it from the register.",
    );
  }
  if (!departementShape.test(facts.departement)) {
    throw invalid("departement must be a code such as 69, 2A, 974 or 988. It decides the rate of VAT.");
  }
  const creditAgencies = facts.creditAgencies ?? [];
  if (creditAgencies.length > maxCreditAgencies) {
    throw invalid(`creditAgencies: at most ${String(maxCreditAgencies)}.`);
  }
  return {
    name: checkLine("name", facts.name),
    siren,
    vatNumber: checkVatNumber(facts.vatNumber ?? null, siren),
    ...checkAddress(facts),
    departement: facts.departement,
    creditAgencies: [...new Set(creditAgencies.map((agency) => checkLine("creditAgencies", agency)))],
    groupLabel: facts.groupLabel == null ? null : checkLine("groupLabel", facts.groupLabel),
  };
}

export function checkSite(site: SiteDetails, siren: string): SiteDetails {
  const siret = withoutSpaces(site.siret);
  if (!isSiret(siret)) {
    throw invalid(
      "siret must be fourteen digits, the last of which is a check digit. Copy it from the register.",
    );
  }
  if (!siret.startsWith(siren)) throw invalid("siret must begin with the supplier's own SIREN.");
  return { name: checkLine("name", site.name), siret, ...checkAddress(site) };
}

function checkAddress(address: Pick<SiteDetails, "street" | "postcode" | "city">): typeof address {
  if (!/^\d{5}$/.test(address.postcode)) throw invalid("postcode must be five digits.");
  return {
    street: checkLine("street", address.street),
    postcode: address.postcode,
    city: checkLine("city", address.city),
  };
}

function checkVatNumber(text: string | null, siren: string): string | null {
  if (text === null) return null;
  const vatNumber = withoutSpaces(text).toUpperCase();
  if (vatNumber === vatNumberOf(siren)) return vatNumber;
  throw invalid(
    "vatNumber does not belong to this SIREN: it must be FR, two digits computed from the SIREN, and the SIREN.",
  );
}

function checkLine(field: string, text: string): string {
  const line = text.trim().normalize("NFC");
  if (line.length > 0 && line.length <= maxLineLength && !controlCharacter.test(line)) return line;
  throw invalid(`${field} must be one line of 1 to ${String(maxLineLength)} characters.`);
}

// Registers print numbers in groups, separated by plain, no-break or narrow no-break spaces.
const withoutSpaces = (text: string): string => text.replaceAll(/[ \u00a0\u202f]/g, "");
