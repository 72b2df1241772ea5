/**
 * By which number is a customer named in a report of sales (rule G2.19)? French companies by SIREN, companies of the EU
 * by VAT number, those of New Caledonia and French Polynesia by their register, and all others by country and name.
 */
import { territoryOf } from "../../account/ledger";

export interface ReportedBuyer {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Empty for a company that is not in the French register. */
  readonly siren: string;
  readonly vatNumber: string | null;
  /** The number in another register, and the code of ISO 6523 for it. */
  readonly registration?: { readonly number: string; readonly icd: string | null } | null;
}

export interface BuyerId {
  readonly scheme: "0002" | "0223" | "0227" | "0228" | "0229";
  readonly value: string;
}

const mostCharacters = 18;

export function buyerIdOf(buyer: ReportedBuyer): BuyerId {
  const { name, country } = buyer;
  return (
    taxIdOf(buyer) ??
    registeredIdOf(buyer) ?? { scheme: "0227", value: (country + name).slice(0, mostCharacters).trim() }
  );
}

/** The VAT number is reported beside a SIREN and an EU number (G2.33), so it has to be there. */
function taxIdOf({ country, siren, vatNumber }: ReportedBuyer): BuyerId | null {
  if (vatNumber === null) return null;
  const isEuropean = territoryOf({ country, departement: null }).treatment === "REVERSE_CHARGE";
  if (isEuropean && vatNumber.length <= mostCharacters) return { scheme: "0223", value: vatNumber };
  return siren === "" ? null : { scheme: "0002", value: siren };
}

function registeredIdOf({ registration }: ReportedBuyer): BuyerId | null {
  const icd = registration?.icd;
  return registration && (icd === "0228" || icd === "0229")
    ? { scheme: icd, value: registration.number }
    : null;
}
