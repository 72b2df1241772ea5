import fc from "fast-check";
import { fileIdOf, readFileId } from "./file-id";

const word = fc.stringMatching(/^[a-z]{1,12}(-[a-z]{1,12})?$/);
const key = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/);

describe("the id of a file", () => {
  it("leads back to its kind and its keys", () => {
    fc.assert(
      fc.property(word, fc.array(key, { minLength: 1, maxLength: 3 }), (kind, keys) => {
        expect(readFileId(fileIdOf({ kind, keys }))).toEqual({ kind, keys });
      }),
    );
  });

  it.each([
    [""],
    ["x"],
    ["x."],
    [".x"],
    ["Fec.2026"],
    ["fec.20 26"],
    ["fec.../etc"],
    [`fec.${"1".repeat(97)}`],
  ])("is not %j", (text) => {
    expect(readFileId(text)).toBeNull();
  });

  it("cannot be made of keys that would not be read back", () => {
    for (const keys of [[], ["a/b"], ["a.b", ""], ["é"]]) {
      expect(() => fileIdOf({ kind: "fec", keys })).toThrow("cannot be part of its address");
    }
  });
});
