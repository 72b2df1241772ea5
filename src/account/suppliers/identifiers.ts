/** The numbers by which registers and tax authorities know a company, in the order of their weight. */
import type { CompanyDetails } from "./check-company";
import { nationalRegister } from "./registers";

export type IdentifierKind = "SIREN" | "SIRET" | "REGISTER_NUMBER" | "VAT_NUMBER";

export interface CompanyIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  /** The register that gave the number; null for a VAT number. */
  readonly register: string | null;
  /** The code of the number's scheme in ISO 6523; null if it has none. */
  readonly icd: string | null;
}

type Numbered = Pick<CompanyDetails, "country" | "siren" | "vatNumber" | "registerNumber" | "registerName">;

export function identifiersOf(company: Numbered): CompanyIdentifier[] {
  const { country, siren, vatNumber, registerNumber, registerName } = company;
  const icd = nationalRegister(country)?.icd ?? null;
  const all: readonly (Omit<CompanyIdentifier, "value"> & { readonly value: string | null })[] = [
    { kind: "SIREN", value: siren, register: "SIRENE", icd: "0002" },
    { kind: "REGISTER_NUMBER", value: registerNumber, register: registerName, icd },
    { kind: "VAT_NUMBER", value: vatNumber, register: null, icd: null },
  ];
  return all.flatMap(({ value, ...rest }) => (value === null ? [] : [{ value, ...rest }]));
}

export const siteIdentifiersOf = ({ siret }: { readonly siret: string | null }): CompanyIdentifier[] =>
  siret === null ? [] : [{ kind: "SIRET", value: siret, register: "SIRENE", icd: "0009" }];
