/**
 * The pages of documents issued before December 2026. A document is rendered as it was issued, so this layout
 * stays as it was: it neither numbers pages nor repeats the head of the table, and long names are not wrapped.
 */
import { readFile } from "node:fs/promises";
import { rgb, type PDFDocument, type PDFFont, type PDFPage } from "@cantoo/pdf-lib";
import type { PageWords } from "./page-words";

const fonts = "@expo-google-fonts/source-sans-3";
const a4 = { width: 595.28, height: 841.89 };
const margin = 50;
const right = a4.width - margin;
const ink = rgb(0.1, 0.1, 0.12);
const pale = rgb(0.85, 0.86, 0.88);

export async function drawFirstPages(pdf: PDFDocument, words: PageWords): Promise<void> {
  const sheet = new Sheet(pdf, {
    regular: await embed(pdf, "400Regular/SourceSans3_400Regular.ttf"),
    bold: await embed(pdf, "600SemiBold/SourceSans3_600SemiBold.ttf"),
  });
  write(sheet, words);
}

async function embed(pdf: PDFDocument, file: string): Promise<PDFFont> {
  return pdf.embedFont(await readFile(require.resolve(`${fonts}/${file}`)), { subset: true });
}

interface Faces {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

interface Style {
  readonly size?: number;
  readonly face?: keyof Faces;
  /** Right-aligns the text to end at this x coordinate. */
  readonly until?: number;
}

/** A cursor that writes from top to bottom and adds pages as needed. */
class Sheet {
  private page: PDFPage;
  y = a4.height - margin;
  private readonly known: ReadonlySet<number>;

  constructor(
    private readonly pdf: PDFDocument,
    private readonly faces: Faces,
  ) {
    this.page = pdf.addPage([a4.width, a4.height]);
    this.known = new Set(faces.regular.getCharacterSet());
  }

  down(by: number): void {
    this.y -= by;
    if (this.y > margin) return;
    this.page = this.pdf.addPage([a4.width, a4.height]);
    this.y = a4.height - margin - by;
  }

  text(words: string, x: number, { size = 10, face = "regular", until }: Style = {}): void {
    const font = this.faces[face];
    const written = this.writable(words);
    const from = until === undefined ? x : until - font.widthOfTextAtSize(written, size);
    this.page.drawText(written, { x: from, y: this.y, size, font, color: ink });
  }

  rule(): void {
    const ends = { start: { x: margin, y: this.y - 4 }, end: { x: right, y: this.y - 4 } };
    this.page.drawLine({ ...ends, thickness: 0.7, color: pale });
  }

  /** Breaks the text into lines no wider than `width`. */
  wrapped(words: string, width: number, size: number): string[] {
    const lines: string[] = [];
    for (const word of this.writable(words).split(" ")) {
      const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
      const fits = this.faces.regular.widthOfTextAtSize(longer, size) <= width;
      if (fits && lines.length > 0) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  /** Replaces characters that the font lacks, because PDF/A forbids missing glyphs. */
  private writable(words: string): string {
    return Array.from(words.normalize("NFC"), (sign) =>
      this.known.has(sign.codePointAt(0) ?? 0) ? sign : "?",
    ).join("");
  }
}

function write(sheet: Sheet, words: PageWords): void {
  sheet.text(words.title, margin, { size: 18, face: "bold" });
  sheet.down(34);
  parties(sheet, words);
  for (const [label, value] of words.facts) {
    sheet.text(label, margin, { face: "bold" });
    sheet.text(value, 160);
    sheet.down(14);
  }
  sheet.down(14);
  row(sheet, words.columns, "bold");
  for (const line of words.lines) row(sheet, line, "regular");
  sheet.down(8);
  for (const [index, [label, value]] of words.totals.entries()) {
    const face = index === words.totals.length - 1 ? "bold" : "regular";
    sheet.text(label, 0, { until: 440, face });
    sheet.text(value, 0, { until: right, face });
    sheet.down(15);
  }
  sheet.down(16);
  small(sheet, words.mentions);
}

function small(sheet: Sheet, mentions: readonly string[]): void {
  for (const line of mentions.flatMap((mention) => sheet.wrapped(mention, right - margin, 8))) {
    sheet.text(line, margin, { size: 8 });
    sheet.down(11);
  }
}

/** Writes seller and buyer side by side. */
function parties(sheet: Sheet, { seller, buyer }: PageWords): void {
  block(sheet, seller, margin);
  sheet.y += 14 * seller.length;
  block(sheet, buyer, 320);
  sheet.down(14 * Math.max(0, seller.length - buyer.length) + 16);
}

function block(sheet: Sheet, lines: readonly string[], x: number): void {
  for (const [index, line] of lines.entries()) {
    sheet.text(line, x, { face: index === 0 ? "bold" : "regular" });
    sheet.down(14);
  }
}

function row(sheet: Sheet, cells: PageWords["columns"], face: keyof Faces): void {
  const [label, quantity, unit, amount] = cells;
  const [first = "", ...rest] = sheet.wrapped(label, 230, 10);
  sheet.text(first, margin, { face });
  sheet.text(quantity, 0, { until: 350, face });
  sheet.text(unit, 0, { until: 455, face });
  sheet.text(amount, 0, { until: right, face });
  for (const more of rest) {
    sheet.down(13);
    sheet.text(more, margin, { face });
  }
  sheet.rule();
  sheet.down(18);
}
