/** Are these valid hashes of an upload? Errors name the position of a hash, never its value. */
import { invalid } from "../../shared/errors";

export const hashesPerCall = 1_000;

export function readHashes(given: readonly string[]): string[] {
  if (given.length === 0 || given.length > hashesPerCall) {
    throw invalid(`hashes is a list of 1 to ${hashesPerCall}: send a longer list in several calls.`);
  }
  return [...new Set(given.map(readHash))];
}

function readHash(given: string, index: number): string {
  const hash = given.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw invalid(
    `hashes[${index}] is not an HMAC-SHA-256 in hexadecimal, 64 digits: hash the address or number with the key of ownCustomerList, never send it in clear.`,
  );
}
