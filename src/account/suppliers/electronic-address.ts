/**
 * Electronic addresses of companies in e-invoices (BT-34 and BT-49): the schemes that are accepted, and the address
 * that a company has by its country. The codes are those of the list EAS that the European Commission publishes for
 * EN 16931, of which this is the part that concerns companies in Europe.
 */
import { vatPrefixOf } from "../../shared/vat-numbers";

export interface ElectronicAddress {
  /** A code of the list EAS. */
  readonly scheme: string;
  readonly value: string;
}

/** The schemes whose addresses are VAT numbers, by country. */
const vatSchemes: Readonly<Record<string, string>> = {
  ...{
    AT: "9914",
    BG: "9926",
    CH: "9927",
    CY: "9928",
    CZ: "9929",
    DE: "9930",
    EE: "9931",
    GB: "9932",
    GR: "9933",
  },
  ...{
    HR: "9934",
    IE: "9935",
    LI: "9936",
    LT: "9937",
    LU: "9938",
    LV: "9939",
    MC: "9940",
    MT: "9943",
    NL: "9944",
  },
  ...{
    PL: "9945",
    PT: "9946",
    RO: "9947",
    SI: "9949",
    SK: "9950",
    ES: "9920",
    HU: "9910",
    IT: "0211",
    BE: "9925",
  },
  ...{ FI: "0213", FR: "9957" },
};
/** The schemes whose addresses are numbers of a company register, where companies are reached by them. */
const registerSchemes: Readonly<Record<string, string>> = {
  ...{ BE: "0208", CH: "0183", DK: "0184", FI: "0037", NO: "0192", SE: "0007" },
};
/** The French directory, in which a company is found by its SIREN. */
export const directoryScheme = "0225";
/** Schemes that no country has by default: SIRENE, SIRET, DUNS, GLN, Dutch registers, Leitweg-ID, and mail. */
const others = ["0002", "0009", "0060", "0088", "0106", "0190", "0204", directoryScheme, "EM"];

export const addressSchemes: ReadonlySet<string> = new Set([
  ...Object.values(vatSchemes),
  ...Object.values(registerSchemes),
  ...others,
]);

export interface Addressee {
  readonly country: string;
  readonly siren: string | null;
  readonly vatNumber: string | null;
  readonly registerNumber: string | null;
  /** The address that the company has given; null if it uses that of its country. */
  readonly electronicAddress: ElectronicAddress | null;
}

/** Null when a company abroad has none that we know of. French companies are found by SIREN (scheme 0225). */
export function electronicAddressOf(company: Addressee): ElectronicAddress | null {
  const { siren, electronicAddress } = company;
  if (electronicAddress !== null) return electronicAddress;
  return siren === null ? (ofRegister(company) ?? ofVat(company)) : { scheme: directoryScheme, value: siren };
}

function ofRegister({ country, registerNumber }: Addressee): ElectronicAddress | null {
  const scheme = registerSchemes[country];
  return scheme === undefined || registerNumber === null ? null : { scheme, value: registerNumber };
}

function ofVat({ country, vatNumber }: Addressee): ElectronicAddress | null {
  const scheme = vatSchemes[country];
  if (scheme === undefined || !vatNumber?.startsWith(vatPrefixOf(country))) return null;
  return { scheme, value: vatNumber };
}
