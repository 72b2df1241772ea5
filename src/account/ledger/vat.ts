/**
 * French VAT on our service. The place of supply is where the supplier is established (CGI art. 259-1°). The
 * treatment is stored on each posting, so a lead is invoiced with the treatment under which it was charged.
 */
/** PENALTY applies to late payment fees only: they are not consideration for a supply, so they bear no VAT. */
export type VatTreatment =
  "STANDARD" | "OVERSEAS" | "NONE_OVERSEAS" | "REVERSE_CHARGE" | "OUTSIDE_SCOPE" | "PENALTY";

/** Rates in basis points. */
export const vatRatesBasisPoints: Readonly<Record<VatTreatment, number>> = {
  STANDARD: 2000,
  OVERSEAS: 850,
  NONE_OVERSEAS: 0,
  REVERSE_CHARGE: 0,
  OUTSIDE_SCOPE: 0,
  PENALTY: 0,
};
export const vatTreatments = Object.keys(vatRatesBasisPoints) as readonly VatTreatment[];

/** Documents with these treatments show neither a VAT rate nor a VAT number. */
export const isOutsideVat = (treatment: VatTreatment): boolean =>
  treatment === "OUTSIDE_SCOPE" || treatment === "PENALTY";

export interface Establishment {
  /** ISO 3166-1 alpha-2. Monaco is part of France for VAT. */
  readonly country: string;
  /** Code of the département or collectivity; null outside France. */
  readonly departement: string | null;
}

const euCountries = new Set(
  "AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);
const overseas: ReadonlyMap<string, VatTreatment> = new Map([
  ...["971", "972", "974"].map((code): [string, VatTreatment] => [code, "OVERSEAS"]),
  ...["973", "976"].map((code): [string, VatTreatment] => [code, "NONE_OVERSEAS"]),
  ...["975", "977", "978", "986", "987", "988"].map((code): [string, VatTreatment] => [
    code,
    "OUTSIDE_SCOPE",
  ]),
]);

export function vatTreatmentOf({ country, departement }: Establishment): VatTreatment {
  if (country === "FR") return overseas.get(departement ?? "") ?? "STANDARD";
  if (country === "MC") return "STANDARD";
  return euCountries.has(country) ? "REVERSE_CHARGE" : "OUTSIDE_SCOPE";
}

export const isEuCountry = (country: string): boolean => euCountries.has(country);

const whole = 10_000;

/** The VAT on a net amount, half a cent rounded away from zero. Exact up to 90 billion euros. */
export function vatOn(netCents: number, treatment: VatTreatment): number {
  const product = Math.abs(netCents) * vatRatesBasisPoints[treatment];
  const vatCents = (product - (product % whole)) / whole + (product % whole >= whole / 2 ? 1 : 0);
  return netCents < 0 && vatCents > 0 ? -vatCents : vatCents;
}

/** The net part of an amount including VAT, rounded half up with integer arithmetic. */
export function netOf(inclVatCents: number, treatment: VatTreatment): number {
  const divisor = 2 * (whole + vatRatesBasisPoints[treatment]);
  const dividend = 2 * inclVatCents * whole + divisor / 2;
  return (dividend - (dividend % divisor)) / divisor;
}
