/**
 * The registers of companies outside France: the shape of their numbers, and the code that ISO 6523 gives to a number
 * in an e-invoice (ICD). A country without a row has several registers, or one that we do not know the numbers of; then
 * staff name the register, for example "Handelsregister, Amtsgericht München".
 */
import { isBelgianNumber } from "../../shared/vat-numbers";

export interface Register {
  readonly name: string;
  /** The code of ISO 6523; null if the register has none. */
  readonly icd: string | null;
  /** Whether a number without blanks, dots and hyphens can exist. */
  readonly has: (number: string) => boolean;
  /** An example for messages. */
  readonly example: string;
}

const shaped =
  (shape: RegExp) =>
  (number: string): boolean =>
    shape.test(number);

/** CHE and nine digits, the last of which is a check digit. */
function isSwissNumber(number: string): boolean {
  if (!/^CHE\d{9}$/.test(number)) return false;
  const digits = number.slice(3);
  const sum = [5, 4, 3, 2, 7, 6, 5, 4].reduce(
    (total, weight, index) => total + weight * Number(digits[index]),
    0,
  );
  return (11 - (sum % 11)) % 11 === Number(digits[8]);
}

const registers: Readonly<Record<string, Register>> = {
  BE: { name: "BCE/KBO", icd: "0208", has: isBelgianNumber, example: "0428.759.497" },
  CH: { name: "IDE/UID", icd: "0183", has: isSwissNumber, example: "CHE-123.456.788" },
  DK: { name: "CVR", icd: "0184", has: shaped(/^\d{8}$/), example: "13585628" },
  EE: { name: "Äriregister", icd: "0191", has: shaped(/^\d{8}$/), example: "12345678" },
  FI: { name: "YTJ", icd: "0037", has: shaped(/^\d{8}$/), example: "2077474-0" },
  GB: { name: "Companies House", icd: null, has: shaped(/^([A-Z]{2}\d{6}|\d{8})$/), example: "01234567" },
  LU: { name: "RCS Luxembourg", icd: null, has: shaped(/^[A-Z]\d{1,7}$/), example: "B123456" },
  LV: { name: "Uzņēmumu reģistrs", icd: "0218", has: shaped(/^\d{11}$/), example: "40003245752" },
  MC: { name: "RCI Monaco", icd: null, has: shaped(/^\d{2}[A-Z]\d{5}$/), example: "12S05678" },
  NC: { name: "RIDET", icd: "0228", has: shaped(/^\d{7,10}$/), example: "0123456.001" },
  NL: { name: "KVK", icd: "0106", has: shaped(/^\d{8}$/), example: "12345678" },
  NO: { name: "Enhetsregisteret", icd: "0192", has: shaped(/^\d{9}$/), example: "123 456 785" },
  PF: { name: "TAHITI", icd: "0229", has: shaped(/^[A-Z0-9]{6,9}$/), example: "123456" },
  SE: { name: "Bolagsverket", icd: "0007", has: shaped(/^\d{10}$/), example: "556188-8404" },
};

/** The register of a country's companies; null if staff have to name it. */
export const nationalRegister = (country: string): Register | null =>
  Object.hasOwn(registers, country) ? (registers[country] ?? null) : null;

/** As it is stored and compared: registers print numbers in groups. */
export const plainNumber = (text: string): string => text.toUpperCase().replaceAll(/[\s.-]/g, "");
