import bidiFactory from "bidi-js";
import fc from "fast-check";
import { facesOf, replacement, runsOf, type Covers, type Face } from "./script-runs";

const shapes: Readonly<Record<Face, RegExp>> = {
  latin: /[ -~À-ɏ□]|\p{Script=Greek}|\p{Script=Cyrillic}/u,
  arabic: /[ ،]|\p{Script=Arabic}/u,
  japanese: /[株式会社東京]|\p{Script=Katakana}/u,
  chinese: /[公司会社东京车]/u,
  korean: /\p{Script=Hangul}/u,
};
const covers: Covers = (face, character) => shapes[face].test(character);

const bidi = bidiFactory();
/** What stands on the page from left to right: a font turns Arabic around. */
const shown = (text: string): string =>
  runsOf(text, covers)
    .map(({ face, text: given }) =>
      face === "arabic" && /\p{Script=Arabic}/u.test(given) ? Array.from(given).reverse().join("") : given,
    )
    .join("");

it("writes Latin, Greek and Cyrillic in one run", () => {
  expect(runsOf("Garage Αυτο Авто", covers)).toEqual([{ face: "latin", text: "Garage Αυτο Авто" }]);
});

it("writes right to left what is read so, with the numbers and brackets in it", () => {
  expect(shown("Essai ابج (2026) دهو fin")).toBe("Essai وهد (2026) جبا fin");
  expect(shown("ابج")).toBe("جبا");
});

it("orders any mixture as the bidirectional algorithm does", () => {
  const part = fc.constantFrom(..."ابجدهو٣٤", ..."abc XYZ", ..."(12) [34] <5>", "، ", " - ");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 24 }), (parts) => {
      const text = parts.join("");
      expect(shown(text)).toBe(bidi.getReorderedString(text, bidi.getEmbeddingLevels(text, "ltr")));
    }),
    { numRuns: 500 },
  );
});

it("writes each East Asian word in one font if that has all of it", () => {
  const written = (text: string): [Face, string][] => runsOf(text, covers).map((run) => [run.face, run.text]);
  expect(written("公司")).toEqual([["chinese", "公司"]]);
  expect(written("株式会社")).toEqual([["japanese", "株式会社"]]);
  expect(written("東京, 东京车")).toEqual([
    ["japanese", "東京"],
    ["latin", ", "],
    ["chinese", "东京车"],
  ]);
  expect(written("トヨタ会社")).toEqual([["japanese", "トヨタ会社"]]);
  expect(written("현대 SA")).toEqual([
    ["korean", "현대"],
    ["latin", " SA"],
  ]);
});

it("shows a box for a character that no font has, and nothing for what has no shape", () => {
  expect(shown("a🚗b")).toBe(`a${replacement}b`);
  expect(shown("a\u200f\u00ad\u202eb")).toBe("ab");
  expect(shown("مُحَمَّد")).toBe("دمحم");
});

it("composes letters and their accents", () => {
  expect(shown("E\u0301")).toBe("É");
});

it("loads only the fonts that a text can need", () => {
  expect(facesOf("Garage Ελλάς")).toEqual(["latin"]);
  expect(facesOf("سيارات")).toEqual(["latin", "arabic"]);
  expect(facesOf("株")).toEqual(["latin", "japanese", "chinese"]);
  expect(facesOf("현")).toEqual(["latin", "korean"]);
});
