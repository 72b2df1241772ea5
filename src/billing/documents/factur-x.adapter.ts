/**
 * Renders a document as Factur-X: a human-readable PDF/A-3 with the machine-readable XML embedded. Fonts are
 * embedded, colours are sRGB, and nothing depends on the time of rendering, so the same document always gives
 * the same bytes.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  AFRelationship,
  PDFArray,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
  rgb,
  type PDFFont,
  type PDFPage,
} from "@cantoo/pdf-lib";
import * as fontkit from "fontkit";
import { ciiOf } from "./cii";
import type { BillingDocument } from "./document";
import { pageWords, type PageWords } from "./page-words";
import { srgbProfile } from "./srgb";
import { xmlName, xmpOf } from "./xmp";

const fonts = "@expo-google-fonts/source-sans-3";
const a4 = { width: 595.28, height: 841.89 };
const margin = 50;
const right = a4.width - margin;
const ink = rgb(0.1, 0.1, 0.12);
const pale = rgb(0.85, 0.86, 0.88);

export async function facturX(document: BillingDocument): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const sheet = new Sheet(pdf, {
    regular: await embed(pdf, "400Regular/SourceSans3_400Regular.ttf"),
    bold: await embed(pdf, "600SemiBold/SourceSans3_600SemiBold.ttf"),
  });
  write(sheet, pageWords(document));
  const at = new Date(`${document.issuedOn}T00:00:00Z`);
  await pdf.attach(Buffer.from(ciiOf(document)), xmlName, {
    ...{ mimeType: "text/xml", description: document.name, afRelationship: AFRelationship.Alternative },
    ...{ creationDate: at, modificationDate: at },
  });
  describe(pdf, document, at);
  return pdf.save({ useObjectStreams: false });
}

async function embed(pdf: PDFDocument, file: string): Promise<PDFFont> {
  return pdf.embedFont(await readFile(require.resolve(`${fonts}/${file}`)), { subset: true });
}

/** Adds what PDF/A-3 requires besides the pages: metadata, the colour profile and a file identifier. */
function describe(pdf: PDFDocument, document: BillingDocument, at: Date): void {
  const { context, catalog } = pdf;
  pdf.setTitle(document.name);
  pdf.setAuthor(document.seller.name);
  pdf.setCreator("CarAtlas");
  pdf.setProducer("CarAtlas");
  pdf.setCreationDate(at);
  pdf.setModificationDate(at);
  pdf.setLanguage(document.language === "FR" ? "fr-FR" : "en-GB");
  const xmp = context.stream(Buffer.from(xmpOf(document)), { Type: "Metadata", Subtype: "XML" });
  catalog.set(PDFName.of("Metadata"), context.register(xmp));
  const profile = context.register(context.stream(srgbProfile(), { N: 3 }));
  const intent = context.obj({ Type: "OutputIntent", S: "GTS_PDFA1", DestOutputProfile: profile });
  intent.set(PDFName.of("OutputConditionIdentifier"), PDFString.of("sRGB"));
  catalog.set(PDFName.of("OutputIntents"), context.obj([context.register(intent)]));
  const id = PDFHexString.of(createHash("md5").update(JSON.stringify(document)).digest("hex"));
  const ids = PDFArray.withContext(context);
  ids.push(id);
  ids.push(id);
  context.trailerInfo.ID = ids;
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
