/** Are these valid hashes of an upload? Errors name the position of a hash, never its value. */
import { invalid } from "../../shared/errors";
import { checkEach, checkField } from "../../shared/faults";

export const hashesPerCall = 1_000;

/** `given` is the argument `hashes`. Throws INVALID_INPUT with all faults. */
export const readHashes = (given: readonly string[]): string[] => checkField("hashes", () => readAll(given));

function readAll(given: readonly string[]): string[] {
  if (given.length === 0 || given.length > hashesPerCall) {
    throw invalid(`hashes is a list of 1 to ${hashesPerCall}: send a longer list in several calls.`, {
      reason: given.length === 0 ? "EMPTY" : "TOO_MANY",
    });
  }
  return [...new Set(checkEach(given, readHash))];
}

function readHash(given: string, index: number): string {
  const hash = given.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw invalid(
    `hashes[${index}] is not an HMAC-SHA-256 in hexadecimal, 64 digits: hash the address or number with the key of ownCustomerList, never send it in clear.`,
    { reason: "MALFORMED" },
  );
}
