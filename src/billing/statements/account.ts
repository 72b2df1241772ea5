/** Is a statement about this account? Banks write a French account as an IBAN or in the parts of its RIB. */
import type { Account } from "./statement";

const plain = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, "").toUpperCase();

/** False for a statement that names no account. */
export function isAccountOf(account: Account, iban: string): boolean {
  if (account === null) return false;
  const ours = plain(iban);
  if ("iban" in account) return plain(account.iban) === ours;
  // FR, two digits, then bank (5), branch (5), account (11) and a key (2).
  const [, bank, branch, number] = /^FR\d{2}(\d{5})(\d{5})([\dA-Z]{11})\d{2}$/.exec(ours) ?? [];
  return account.bank === bank && account.branch === branch && plain(account.number) === number;
}
