/** CFONB 120: records of 120 characters with fields at fixed places. Days, amounts and places are read here. */
import { isRealDay } from "../day";
import { centsOf, currencyOf } from "../money";
import { isTrouble, trouble, type Trouble } from "../reading";

export const recordLength = 120;

/** The characters from `from` to `to`, both counted from 1 as in the format's description. */
export const field = (record: string, from: number, to: number): string => record.slice(from - 1, to).trim();

export interface AccountField {
  readonly bank: string;
  readonly branch: string;
  readonly number: string;
}

export const accountOf = (record: string): AccountField => ({
  bank: field(record, 3, 7),
  branch: field(record, 12, 16),
  number: field(record, 22, 32),
});

export const isSameAccount = (one: AccountField, other: AccountField): boolean =>
  one.bank === other.bank && one.branch === other.branch && one.number === other.number;

/** "291126" */
export function dayOf(text: string): string | Trouble {
  const [, day = "", month = "", year = ""] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const written = `20${year}-${month}-${day}`;
  return isRealDay(written) ? written : trouble("the day is not written DDMMYY, or does not exist.");
}

export const currencyIn = (record: string): string | Trouble => currencyOf(field(record, 17, 19));

/** The last digit of an amount also holds the sign: {ABCDEFGHI are 0 to 9 in, }JKLMNOPQR are 0 to 9 out. */
const lastDigits = "{ABCDEFGHI}JKLMNOPQR";

/** Signed cents of the amount at 91 to 104; the record says how many of its digits are decimals. */
export function centsIn(record: string): number | Trouble {
  const decimals = Number.parseInt(field(record, 20, 20), 10);
  if (Number.isNaN(decimals)) return trouble("the number of decimals is missing.", "REQUIRED");
  const written = field(record, 91, 104);
  const code = written === "" ? -1 : lastDigits.indexOf(written.slice(-1));
  if (code === -1) return trouble("the amount does not end with a digit that is marked as credit or debit.");
  const all = (written.slice(0, -1) + String(code % 10)).padStart(decimals + 1, "0");
  const cents = centsOf(all.slice(0, all.length - decimals), all.slice(all.length - decimals));
  return isTrouble(cents) || code < 10 ? cents : 0 - cents;
}
