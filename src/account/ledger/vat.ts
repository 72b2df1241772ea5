/**
 * VAT in cents. The treatment is stored on each posting, so a lead is invoiced with the treatment under which it was
 * charged. Which treatment a supplier has is in vat-regimes.ts.
 */
import { vatConsequences, vatTreatments, type VatTreatment } from "./vat-regimes";

export const vatRatesBasisPoints = Object.fromEntries(
  vatTreatments.map((treatment) => [treatment, vatConsequences[treatment].rateBasisPoints]),
) as Readonly<Record<VatTreatment, number>>;

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
