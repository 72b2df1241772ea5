/**
 * Checks VAT numbers by country: the shape that VIES publishes for each EU state (question 11 of its FAQ), and the
 * check digits where their rule is public. It tells whether a number can exist; whether it does, VIES knows.
 */

interface NumberShape {
  /** After the two letters of the prefix. */
  readonly shape: RegExp;
  readonly isRight?: (digits: string) => boolean;
}

const sumOf = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
const last = (digits: string): number => Number(digits.at(-1));

/** ISO 7064, MOD 11,10. */
function mod1110(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === last(digits);
}

function luhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const weighed = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
  return sum % 10 === 0;
}

/** The enterprise number of Belgium, which is its VAT number without the prefix. */
export const isBelgianNumber = (digits: string): boolean =>
  /^[01]\d{9}$/.test(digits) && 97 - (Number(digits.slice(0, 8)) % 97) === Number(digits.slice(8));

/** Eleven less the remainder; no number has a check digit of ten. */
const mod11 =
  (weights: readonly number[]) =>
  (digits: string): boolean =>
    (11 - (sumOf(digits, weights) % 11)) % 11 === last(digits);
const mod10 =
  (weights: readonly number[]) =>
  (digits: string): boolean =>
    (10 - (sumOf(digits, weights) % 10)) % 10 === last(digits);
const remainder =
  (weights: readonly number[]) =>
  (digits: string): boolean =>
    (sumOf(digits, weights) % 11) % 10 === last(digits);

function austrian(number: string): boolean {
  const digits = number.slice(1);
  const sum = Array.from(digits.slice(0, 7)).reduce((total, digit, index) => {
    const value = Number(digit);
    return total + (index % 2 === 0 ? value : Math.floor(value / 5) + ((value * 2) % 10));
  }, 0);
  return (10 - ((sum + 4) % 10)) % 10 === last(digits);
}

/** The number of a company, or of a person (ISO 7064 MOD 97,10 over the whole number with its letters as figures). */
function dutch(number: string): boolean {
  if (remainderOf97(`2321${number.replace("B", "11")}`) === 1) return true;
  return sumOf(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(number[8]);
}

const remainderOf97 = (digits: string): number =>
  Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);

/** Two digits computed from the other nine, which are the SIREN of French companies but not of those of Monaco. */
const french = (digits: string): boolean =>
  (12 + 3 * (Number(digits.slice(2)) % 97)) % 97 === Number(digits.slice(0, 2));

const shapes: Readonly<Record<string, NumberShape>> = {
  AT: { shape: /^U\d{8}$/, isRight: austrian },
  BE: { shape: /^[01]\d{9}$/, isRight: isBelgianNumber },
  BG: { shape: /^\d{9,10}$/ },
  CY: { shape: /^\d{8}[A-Z]$/ },
  CZ: { shape: /^\d{8,10}$/ },
  DE: { shape: /^[1-9]\d{8}$/, isRight: mod1110 },
  DK: { shape: /^[1-9]\d{7}$/, isRight: (digits) => sumOf(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 },
  EE: { shape: /^\d{9}$/, isRight: mod10([3, 7, 1, 3, 7, 1, 3, 7]) },
  EL: { shape: /^\d{9}$/, isRight: remainder([256, 128, 64, 32, 16, 8, 4, 2]) },
  ES: { shape: /^[A-Z0-9]\d{7}[A-Z0-9]$/ },
  FI: { shape: /^\d{8}$/, isRight: mod11([7, 9, 10, 5, 8, 4, 2]) },
  FR: { shape: /^\d{11}$/, isRight: french },
  HR: { shape: /^\d{11}$/, isRight: mod1110 },
  HU: { shape: /^\d{8}$/, isRight: mod10([9, 7, 3, 1, 9, 7, 3]) },
  IE: { shape: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/ },
  IT: { shape: /^\d{11}$/, isRight: luhn },
  LT: { shape: /^(\d{9}|\d{12})$/ },
  LU: { shape: /^\d{8}$/, isRight: (digits) => Number(digits.slice(0, 6)) % 89 === Number(digits.slice(6)) },
  LV: { shape: /^\d{11}$/ },
  MT: {
    shape: /^\d{8}$/,
    isRight: (digits) => 37 - (sumOf(digits, [3, 4, 6, 7, 8, 9]) % 37) === Number(digits.slice(6)),
  },
  NL: { shape: /^\d{9}B\d{2}$/, isRight: dutch },
  PL: {
    shape: /^\d{10}$/,
    isRight: (digits) => sumOf(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === last(digits),
  },
  PT: {
    shape: /^\d{9}$/,
    isRight: (digits) => ((11 - (sumOf(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === last(digits),
  },
  RO: {
    shape: /^[1-9]\d{1,9}$/,
    isRight: (digits) =>
      ((sumOf(digits.padStart(10, "0"), [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === last(digits),
  },
  SE: { shape: /^\d{10}(0[1-9]|[1-8]\d|9[0-4])$/, isRight: (digits) => luhn(digits.slice(0, 10)) },
  SI: {
    shape: /^[1-9]\d{7}$/,
    isRight: (digits) => (11 - (sumOf(digits, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === last(digits),
  },
  SK: { shape: /^[1-9]\d{9}$/, isRight: (digits) => Number(digits) % 11 === 0 },
};

/** The two letters with which the VAT numbers of a country begin. Monaco has French numbers. */
export function vatPrefixOf(country: string): string {
  if (country === "GR") return "EL";
  return country === "MC" ? "FR" : country;
}

/** Whether VIES knows numbers that begin like this one. It also knows XI, but for goods only. */
export const isInVies = (vatNumber: string): boolean => Object.hasOwn(shapes, vatNumber.slice(0, 2));

export type VatNumberFault = "MALFORMED" | "INVALID";

/** `vatNumber` without blanks, dots and hyphens. MALFORMED: another shape; INVALID: wrong check digits; null: it can exist. */
export function vatNumberFault(vatNumber: string, country: string): VatNumberFault | null {
  const prefix = vatPrefixOf(country);
  const known = shapes[prefix];
  if (!vatNumber.startsWith(prefix)) return known || country === "GB" ? "MALFORMED" : foreignFault(vatNumber);
  if (!known) return foreignFault(vatNumber);
  const number = vatNumber.slice(2);
  if (!known.shape.test(number)) return "MALFORMED";
  return known.isRight?.(number) === false ? "INVALID" : null;
}

/** Outside the EU the shapes are many, and nothing is derived from the number. */
const foreignFault = (vatNumber: string): VatNumberFault | null =>
  /^[A-Z0-9]{4,20}$/.test(vatNumber) ? null : "MALFORMED";
