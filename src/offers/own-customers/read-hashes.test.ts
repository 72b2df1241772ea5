import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { hashesPerCall, readHashes } from "./read-hashes";

const hash = "ab".repeat(32);

describe("the hashes of an upload", () => {
  it("are accepted in upper or lower case, and deduplicated", () => {
    expect(readHashes([hash, ` ${hash.toUpperCase()} `, "0".repeat(64)])).toEqual([hash, "0".repeat(64)]);
  });

  it.each([
    ["none", [], "hashes is a list of 1 to 1000"],
    [
      "too many",
      Array.from({ length: hashesPerCall + 1 }, () => hash),
      "send a longer list in several calls",
    ],
    ["an address in clear", [hash, "zelie@exemple.example"], "hashes[1] is not an HMAC-SHA-256"],
    ["a digit short", [hash.slice(1)], "hashes[0]"],
  ])("are refused when they are %s, without repeating any", (_what, given, message) => {
    expect(() => readHashes(given)).toThrow(message);
    expect(() => readHashes(given)).not.toThrow("zelie");
  });

  it("are refused with the position of each that is wrong", () => {
    const check = (): unknown => {
      try {
        return readHashes(["a", hash, "b"]);
      } catch (error) {
        return error instanceof AppError && faultsOf(error).map(({ field, reason }) => [field, reason]);
      }
    };
    expect(check()).toEqual([
      ["hashes[0]", "MALFORMED"],
      ["hashes[2]", "MALFORMED"],
    ]);
  });
});
