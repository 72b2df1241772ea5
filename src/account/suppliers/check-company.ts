/**
 * Validates what identifies a company: its SIREN and département in France; its register number, and in the EU its VAT
 * number, abroad.
 */
import { isCountry } from "../../shared/countries";
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { checkOneLine } from "../../shared/lines";
import { isSiren, vatNumberOf } from "../../shared/registration";
import { vatNumberFault, vatPrefixOf } from "../../shared/vat-numbers";
import { territories, vatConsequences, vatTreatmentOf } from "../ledger";
import { checkAddress } from "./check-address";
import type { ElectronicAddress } from "./electronic-address";
import { nationalRegister, plainNumber } from "./registers";

export interface CompanyFacts {
  /** France by default. */
  readonly country?: string | null;
  readonly siren?: string | null;
  readonly departement?: string | null;
  readonly vatNumber?: string | null;
  readonly registerNumber?: string | null;
  readonly registerName?: string | null;
  readonly electronicAddress?: ElectronicAddress | null;
}

export interface CompanyDetails {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Null for a company that is not in the French register. */
  readonly siren: string | null;
  /** Null outside France. */
  readonly departement: string | null;
  readonly vatNumber: string | null;
  /** The register of its country, without blanks, dots and hyphens; null in France. */
  readonly registerNumber: string | null;
  readonly registerName: string | null;
  /** Null while it uses the address of its country. */
  readonly electronicAddress: ElectronicAddress | null;
}

/** Finds all faults at once. */
export const checkCompany = (facts: CompanyFacts): CompanyDetails =>
  checkAll<CompanyDetails>({
    country: () => checkCountry(facts.country ?? "FR"),
    siren: ({ country }) => checkSiren(facts.siren ?? null, country),
    vatNumber: ({ country, siren }) => checkVatNumber(facts.vatNumber ?? null, country, siren),
    departement: ({ country }) => checkDepartement(facts.departement ?? null, country),
    registerName: ({ country }) => checkRegisterName(facts.registerName ?? null, country),
    registerNumber: ({ country }) => checkRegisterNumber(facts.registerNumber ?? null, country),
    electronicAddress: ({ siren }) => checkAddress(facts.electronicAddress ?? null, siren),
  });

/** Overseas territories whose companies are in the French register, so that their country is FR. */
const withSiren = new Set(["GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF"]);

export function checkCountry(text: string): string {
  const country = text.trim().toUpperCase();
  if (!isCountry(country)) {
    throw invalid(
      "country must be a two-letter code of ISO 3166, for example FR, MC or BE. Northern Ireland is GB: its VAT numbers with XI are for goods only.",
      { reason: "MALFORMED" },
    );
  }
  if (!withSiren.has(country)) return country;
  const departement = territories.find((territory) => territory.country === country)?.departement ?? "";
  throw invalid(`country must be FR, with departement ${departement}, for a company in ${country}.`, {
    reason: "INVALID",
  });
}

const missing = (message: string) => invalid(message, { reason: "REQUIRED" });
const misplaced = (message: string) => invalid(message, { reason: "NOT_ALLOWED" });

/** `country` is undefined when it is at fault itself; then nothing else is known to be wrong. */
function checkSiren(text: string | null, country: string | undefined): string | null {
  if (text === null) {
    if (country === "FR") throw missing("siren is required for a company in France.");
    return null;
  }
  if (country !== undefined && country !== "FR" && !mayHaveSiren(country))
    throw misplaced("siren is for companies in France. Give registerNumber.");
  const siren = withoutSpaces(text);
  if (isSiren(siren)) return siren;
  throw invalid("siren must be nine digits, the last of which is a check digit. Copy it from the register.", {
    reason: "MALFORMED",
  });
}

/** Companies of Monaco and of the collectivities may be in the French register, besides their own. */
const mayHaveSiren = (country: string): boolean =>
  territories.some(
    (territory) => territory.country === country && (country === "MC" || territory.departement !== null),
  );

const departements = new Set(territories.flatMap(({ departement }) => departement ?? []));
const metropolitan = /^(0[1-9]|[13-8]\d|2[1-9AB]|9[0-5])$/;

function checkDepartement(departement: string | null, country: string | undefined): string | null {
  if (departement === null) {
    if (country === "FR")
      throw missing("departement is required for a company in France. It decides the rate of VAT.");
    return null;
  }
  if (country !== undefined && country !== "FR") throw misplaced("departement is for companies in France.");
  if (metropolitan.test(departement) || departements.has(departement)) return departement;
  throw invalid("departement must be a code such as 69, 2A, 974 or 988. It decides the rate of VAT.", {
    reason: "UNKNOWN_VALUE",
  });
}

/** `siren` is undefined when it is at fault itself; then the number cannot be compared with it. */
export function checkVatNumber(
  text: string | null,
  country: string | undefined,
  siren: string | null | undefined,
): string | null {
  if (country === undefined) return null;
  const vatNumber = text === null ? null : plainNumber(text);
  if (country === "FR") return checkFrench(vatNumber, siren);
  if (vatNumber === null) {
    if (!needsVatNumber(country)) return null;
    throw missing(
      `vatNumber is required for a company in ${country} and begins with ${vatPrefixOf(country)}.`,
    );
  }
  const fault = vatNumberFault(vatNumber, country);
  if (fault === null) return vatNumber;
  const what = fault === "INVALID" ? "has wrong check digits" : `does not have the shape of ${country}`;
  throw invalid(
    `vatNumber ${what}. It begins with ${vatPrefixOf(country)}. Copy it from a document of the company.`,
    {
      reason: fault,
    },
  );
}

/** The reverse charge and the declaration of services need it; in Monaco it is what identifies a company for VAT. */
const needsVatNumber = (country: string): boolean =>
  country === "MC" || vatConsequences[vatTreatmentOf({ country, departement: null })].isDeclared;

function checkFrench(vatNumber: string | null, siren: string | null | undefined): string | null {
  if (vatNumber === null || siren == null || vatNumber === vatNumberOf(siren)) return vatNumber;
  throw invalid(
    "vatNumber does not belong to this SIREN: it must be FR, two digits computed from the SIREN, and the SIREN.",
    { reason: "INVALID" },
  );
}

function checkRegisterName(text: string | null, country: string | undefined): string | null {
  if (country === undefined) return null;
  if (country === "FR") {
    if (text === null) return null;
    throw misplaced("registerName is for companies outside France.");
  }
  const national = nationalRegister(country);
  if (national) return national.name;
  if (text === null)
    throw missing(`registerName is required for a company in ${country}: the register, with its place.`);
  return checkOneLine("registerName", text, { most: 100 });
}

function checkRegisterNumber(text: string | null, country: string | undefined): string | null {
  if (country === undefined) return null;
  if (country === "FR") {
    if (text === null) return null;
    throw misplaced("registerNumber is for companies outside France. A French company has its SIREN.");
  }
  if (text === null) throw missing(`registerNumber is required for a company in ${country}.`);
  const number = plainNumber(checkOneLine("registerNumber", text, { most: 35 }));
  const national = nationalRegister(country);
  if (national ? national.has(number) : /^[A-Z0-9/]{2,35}$/.test(number)) return number;
  const example = national ? ` of ${national.name}, such as ${national.example}` : ", such as HRB 12345";
  throw invalid(`registerNumber must be a number${example}.`, { reason: "MALFORMED" });
}

// Registers print numbers in groups, separated by plain, no-break or narrow no-break spaces.
export const withoutSpaces = (text: string): string => text.replaceAll(/[ \u00a0\u202f]/g, "");
