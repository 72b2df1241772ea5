/** Draws the pages of a document into a PDF, each character in a font that has it. */
import { readFile } from "node:fs/promises";
import { rgb, type PDFDocument, type PDFFont, type PDFPage } from "@cantoo/pdf-lib";
import { a4, margin, pagesOf, type Page, type Style } from "./page-layout";
import type { PageWords } from "./page-words";
import { facesOf, runsOf, type Face, type Run } from "./script-runs";

const ink = rgb(0.1, 0.1, 0.12);
const pale = rgb(0.85, 0.86, 0.88);

const bold = "source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf";
/** Free fonts (SIL Open Font License; Kosugi: Apache 2.0). Only the characters used are embedded. */
const files: Readonly<Record<Face, string>> = {
  latin: "source-sans-3/400Regular/SourceSans3_400Regular.ttf",
  arabic: "cairo/400Regular/Cairo_400Regular.ttf",
  japanese: "kosugi/Kosugi_400Regular.ttf",
  chinese: "zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf",
  korean: "gowun-dodum/400Regular/GowunDodum_400Regular.ttf",
};

interface Font {
  readonly font: PDFFont;
  readonly characters: ReadonlySet<number>;
}

export async function drawPages(pdf: PDFDocument, words: PageWords): Promise<void> {
  const fonts = await fontsFor(pdf, JSON.stringify(words));
  const pages = pagesOf(words, (text, style) => fonts.widthOf(text, style));
  for (const page of pages) draw(pdf.addPage([a4.width, a4.height]), page, fonts);
}

function draw(onto: PDFPage, { texts, rules }: Page, fonts: Fonts): void {
  for (const { text, x, y, size, bold: isBold } of texts) {
    let from = x;
    for (const run of fonts.runs(text)) {
      const font = fonts.of(run, isBold);
      onto.drawText(run.text, { x: from, y, size, font, color: ink });
      from += font.widthOfTextAtSize(run.text, size);
    }
  }
  for (const y of rules) {
    const ends = { start: { x: margin, y }, end: { x: a4.width - margin, y } };
    onto.drawLine({ ...ends, thickness: 0.7, color: pale });
  }
}

class Fonts {
  constructor(
    private readonly regular: ReadonlyMap<Face, Font>,
    private readonly bold: PDFFont,
  ) {}

  runs(text: string): readonly Run[] {
    return runsOf(text, (face, character) => this.covers(face, character));
  }

  /** Only the Latin face has a bold font. */
  of({ face }: Run, isBold: boolean): PDFFont {
    const found = isBold && face === "latin" ? this.bold : this.regular.get(face)?.font;
    if (!found) throw new Error(`The font of ${face} is not loaded.`);
    return found;
  }

  widthOf(text: string, { size, bold: isBold }: Style): number {
    return this.runs(text).reduce(
      (sum, run) => sum + this.of(run, isBold).widthOfTextAtSize(run.text, size),
      0,
    );
  }

  private covers(face: Face, character: string): boolean {
    return this.regular.get(face)?.characters.has(character.codePointAt(0) ?? 0) ?? false;
  }
}

/** Embeds the fonts that a text needs, and no others. */
async function fontsFor(pdf: PDFDocument, text: string): Promise<Fonts> {
  const regular = new Map<Face, Font>();
  for (const face of facesOf(text)) {
    const font = await embed(pdf, files[face]);
    regular.set(face, { font, characters: new Set(font.getCharacterSet()) });
  }
  return new Fonts(regular, await embed(pdf, bold));
}

async function embed(pdf: PDFDocument, file: string): Promise<PDFFont> {
  const path = require.resolve(`@expo-google-fonts/${file}`);
  return pdf.embedFont(await readFile(path), { subset: true });
}
