/** Reads the finished pages: where each text stands, and whether each character has a glyph. */
import { PDFDocument, PDFDict, PDFName } from "@cantoo/pdf-lib";
import { aDocument } from "../../../test/support/documents";
import { linesOf, textsOf } from "../../../test/support/pdf-text";
import { facturX } from "./factur-x.adapter";
import type { BillingDocument } from "./document";
import { a4, margin } from "./page-layout";

const long =
  "Société Générale d'Automobiles et de Véhicules Industriels de la Région Auvergne-Rhône-Alpes et des Pays de Savoie réunis";
const street = `${"Chemin-du-Très-Long-Nom-Sans-Espace".repeat(4)}, bâtiment B`;

const paged = (change: Partial<BillingDocument> = {}): BillingDocument => aDocument({ layout: 2, ...change });
const calling = (name: string): Partial<BillingDocument> => ({ buyer: { ...aDocument().buyer, name } });

const rows = (count: number): BillingDocument["lines"] =>
  Array.from({ length: count }, (_, index) => {
    const label = `Ligne ${String(index)}${index % 7 === 3 ? ` ${long}` : ""}`;
    return { label, quantity: index + 1, unitCents: 100, netCents: 100 * (index + 1) };
  });

async function pagesOf(document: BillingDocument) {
  const pages = await textsOf(await facturX(document));
  // Every text stands within the margins, beside its neighbours and not on them, and has a glyph for each sign.
  for (const texts of pages) {
    const lines = linesOf(texts);
    for (const [index, { text, x, y, width, glyphs }] of lines.entries()) {
      expect([text, x >= margin - 0.01, x + width <= a4.width - margin + 0.01, y > 30]).toEqual([
        text,
        true,
        true,
        true,
      ]);
      expect(glyphs.filter(({ code }) => code === 0)).toEqual([]);
      const next = lines[index + 1];
      if (next?.y === y) expect([text, next.text, next.x >= x + width]).toEqual([text, next.text, true]);
    }
  }
  return pages.map((texts) => linesOf(texts).map(({ text }) => text));
}

describe.each([
  ["FR", "Désignation", "Page 1 sur 1", "À payer"],
  ["EN", "Description", "Page 1 of 1", "To be paid"],
] as const)("a document of three lines in %s", (language, head, number, total) => {
  it("stands on one numbered page", async () => {
    const [page = [], ...more] = await pagesOf(paged({ language, lines: rows(3) }));
    expect(more).toEqual([]);
    for (const text of [head, "Ligne 2", total, number]) expect(page).toContain(text);
  });
});

it("repeats the head of the table on each page of 300 lines, and splits no row", async () => {
  const pages = await pagesOf(paged({ lines: rows(300) }));
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.map((page) => page.filter((text) => text === "Désignation").length)).toEqual(
    pages.map(() => 1),
  );
  expect(pages.map((page) => page.at(-1))).toEqual(
    pages.map((_, index) => `Page ${String(index + 1)} sur ${String(pages.length)}`),
  );
  const labels = pages.flatMap((page) => page.filter((text) => text.startsWith("Ligne ")));
  expect(labels.map((text) => Number(text.split(" ")[1]))).toEqual(
    Array.from({ length: 300 }, (_, index) => index),
  );
  // The first and the last line of a long label are on the same page.
  for (const page of pages) {
    const starts = page.filter((text) => /^Ligne \d+ Société/.test(text)).length;
    expect(page.filter((text) => text.endsWith("Savoie réunis")).length).toBe(starts);
  }
  const last = pages.at(-1) ?? [];
  expect(last).toEqual(expect.arrayContaining(["Ligne 299", "Total HT", "À payer"]));
});

it("wraps long names and addresses, even without a blank", async () => {
  const [page = []] = await pagesOf(paged({ buyer: { ...aDocument().buyer, name: long, street } }));
  const all = page.join("");
  expect(page).not.toContain(long);
  expect(all.replaceAll(" ", "")).toContain("Société");
  expect(page.filter((text) => text.includes("Chemin-du")).length).toBeGreaterThan(1);
});

describe("a name in another script", () => {
  it.each([
    ["Greek", "Αυτοκίνητα Ελλάς"],
    ["Cyrillic", "Автосалон «Звезда» Київ"],
    ["Japanese", "株式会社トヨタ自動車販売"],
    ["simplified Chinese", "深圳汽车贸易有限公司"],
    ["traditional Chinese", "臺灣國際貿易"],
    ["Korean", "현대자동차"],
  ])("is written in %s", async (_, name) => {
    const pages = await pagesOf(paged(calling(name)));
    expect(pages[0]).toContain(name);
  });

  it("is joined and written from right to left in Arabic", async () => {
    const [texts = []] = await textsOf(await facturX(paged(calling("سيارات 2026 Essai"))));
    const arabic = texts.filter(({ font }) => font.startsWith("Cairo"));
    const glyphs = arabic.flatMap((one) => one.glyphs);
    expect(
      glyphs
        .map(({ text }) => text)
        .reverse()
        .join("")
        .trim(),
    ).toBe("سيارات");
    // The letter alif has another glyph where it is joined to the letter before it.
    const alif = glyphs.filter(({ text }) => text === "ا").map(({ code }) => code);
    expect(new Set(alif).size).toBe(2);
    // The number is read after the word, so it stands to its left.
    const line = linesOf(texts).find(({ text }) => text.startsWith("2026"));
    expect(line?.text.endsWith(" Essai")).toBe(true);
  });

  it("shows a box for each character that no font has", async () => {
    const [page = []] = await pagesOf(paged(calling("Garage हिन")));
    expect(page).toContain("Garage □□□");
  });
});

it("embeds every font with its characters, and only the fonts it needs", async () => {
  const fontsOf = async (document: BillingDocument): Promise<readonly string[]> => {
    const pdf = await PDFDocument.load(await facturX(document), { updateMetadata: false });
    const objects = pdf.context.enumerateIndirectObjects().map(([, object]) => object);
    const dicts = objects.filter((object) => object instanceof PDFDict);
    const fonts = dicts.filter((dict) => dict.get(PDFName.of("Subtype")) === PDFName.of("Type0"));
    const described = dicts.filter((dict) => dict.has(PDFName.of("FontFile2")));
    expect(described).toHaveLength(fonts.length);
    return fonts.map((font) => {
      expect(font.has(PDFName.of("ToUnicode"))).toBe(true);
      return font.lookup(PDFName.of("BaseFont"), PDFName).decodeText().split("-")[0] ?? "";
    });
  };
  expect(new Set(await fontsOf(paged()))).toEqual(new Set(["SourceSans3"]));
  expect(await fontsOf(paged(calling("سيارات")))).toContain("Cairo");
});
