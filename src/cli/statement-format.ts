/** Guesses the format of a bank's file from its beginning, as `StatementFormat` of the API. */
export type StatementFormat = "CAMT053" | "CFONB120" | "CSV";

export const statementFormats: readonly StatementFormat[] = ["CAMT053", "CFONB120", "CSV"];

/** The record of an old balance, with which CFONB 120 begins: its code, then the bank's and the branch's number. */
const oldBalance = /^01\d{5}.{4}\d{5}/;
const recordLength = 120;

export function guessFormat(beginning: string): StatementFormat {
  const text = beginning.replace(/^\uFEFF/, "");
  if (text.trimStart().startsWith("<")) return "CAMT053";
  const [line = ""] = text.split(/\r?\n/);
  return oldBalance.test(line) && line.length >= recordLength ? "CFONB120" : "CSV";
}
