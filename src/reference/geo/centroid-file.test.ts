import fc from "fast-check";
import { AppError } from "../../shared/errors";
import { CentroidReader, type CentroidEntry } from "./centroid-file";

const read = (...pieces: string[]): CentroidEntry[] => {
  const reader = new CentroidReader();
  const entries = pieces.flatMap((piece) => reader.push(piece));
  reader.end();
  return entries;
};
const entry = fc.record({
  inseeCode: fc.constantFrom("69123", "2A004", "2B033", "97411", "01004"),
  position: fc.record({
    longitude: fc.double({ min: -180, max: 180, noNaN: true }).map((value) => value + 0),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0),
  }),
});
const cuts = fc.array(fc.nat({ max: 30 }), { minLength: 1 });
const pieces = (text: string, lengths: readonly number[]): string[] => {
  const found: string[] = [];
  for (let at = 0, index = 0; at < text.length; index++) {
    const length = 1 + (lengths[index % lengths.length] as number);
    found.push(text.slice(at, at + length));
    at += length;
  }
  return found;
};

describe("a file of centroids", () => {
  it("is read in both formats, wherever the chunks end", () => {
    fc.assert(
      fc.property(fc.array(entry), cuts, fc.constantFrom(undefined, 2), (entries, lengths, indent) => {
        const list = entries.map(({ inseeCode, position: { longitude, latitude } }) => ({
          nom: "L'Aÿ, \"[{}]\\",
          code: inseeCode,
          centre: { type: "Point", coordinates: [longitude, latitude] },
        }));
        expect(read(...pieces(JSON.stringify(list, null, indent), lengths))).toEqual(entries);
        const map = new Map(entries.map((one) => [one.inseeCode, one]));
        const text = [...map.values()].map(
          ({ inseeCode, position: { longitude, latitude } }) =>
            `"${inseeCode}": ${JSON.stringify([longitude, latitude], null, indent)}`,
        );
        expect(read(...pieces(`\uFEFF{${text.join(",")}}\n`, lengths))).toEqual([...map.values()]);
      }),
    );
  });

  it("may omit a centroid, or be empty", () => {
    expect(read('[{"code":"69123"},{"code":"2A004","centre":null}]')).toEqual([
      { inseeCode: "69123", position: null },
      { inseeCode: "2A004", position: null },
    ]);
    expect(read("[]")).toEqual([]);
    expect(read("{ }")).toEqual([]);
  });

  it.each<[string, string, string]>([
    ["is cut off", '[{"code":"69123","centre":null}', "The file ends before it is complete."],
    ["is empty text", "", "ends before it is complete"],
    ["is a web page", "<html>", "This is not a file of centroids. It must be a list of"],
    ["goes on", "[] []", "This is not a file of centroids"],
    ["has no code", '[{"centre":{"coordinates":[1,2]}}]', "Entry 1 has no INSEE code of five characters."],
    ["has a word for a code", '{"Lyon":[4,45]}', "Entry 1 has no INSEE code"],
    ["has half a point", '{"69123":[4,45],"69266":[4]}', "Entry 2 has no [longitude, latitude] in degrees."],
    ["has text for a point", '{"69123":["4","45"]}', "Entry 1 has no [longitude, latitude]"],
    ["is beyond the globe", '{"69123":[45.7,104.8]}', "Entry 1 has no [longitude, latitude]"],
    ["has a point of no kind", '[{"code":"69123","centre":{}}]', "Entry 1 has no [longitude, latitude]"],
    ["has a comma too many", '[{"code":"69123"},]', "Entry 2 is not valid JSON."],
    ["has rubbish", '[{"code":}]', "Entry 1 is not valid JSON."],
    ["never ends an entry", `["${"x".repeat(100_001)}`, "Entry 0 is longer than an entry can be"],
  ])("is refused when it %s", (_what, text, message) => {
    expect(() => read(text)).toThrow(AppError);
    expect(() => read(text)).toThrow(message);
  });
});
