/** Reads the texts of a PDF that pdf-lib wrote: where they stand, how wide they are, and by which glyphs. */
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  PDFRawStream,
  decodePDFRawStream,
  type PDFPage,
} from "@cantoo/pdf-lib";

export interface Glyph {
  /** The glyph's number in the font. 0 is the glyph for a missing character. */
  readonly code: number;
  readonly text: string;
}

export interface PdfText {
  /** In the order in which the glyphs stand, from left to right. */
  readonly text: string;
  readonly glyphs: readonly Glyph[];
  readonly font: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface Font {
  readonly unicode: ReadonlyMap<number, string>;
  readonly widths: ReadonlyMap<number, number>;
}

const decoded = (stream: unknown): string =>
  stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1") : "";

/** The texts of each page, in the order in which they are drawn. */
export async function textsOf(bytes: Uint8Array): Promise<readonly (readonly PdfText[])[]> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  return pdf.getPages().map(textsOnPage);
}

/** The lines of a page from top to bottom: texts that follow each other without a gap are joined. */
export function linesOf(texts: readonly PdfText[]): readonly PdfText[] {
  const lines: PdfText[] = [];
  for (const one of texts) {
    const last = lines.at(-1);
    const follows = last?.y === one.y && Math.abs(last.x + last.width - one.x) < 0.01;
    if (!last || !follows) lines.push(one);
    else
      lines[lines.length - 1] = {
        ...last,
        text: last.text + one.text,
        glyphs: [...last.glyphs, ...one.glyphs],
        width: last.width + one.width,
      };
  }
  return lines.sort((one, other) => other.y - one.y || one.x - other.x);
}

function textsOnPage(page: PDFPage): PdfText[] {
  const fonts = fontsOf(page);
  const contents = page.node.Contents();
  const streams =
    contents instanceof PDFArray ? contents.asArray().map((ref) => page.doc.context.lookup(ref)) : [contents];
  const drawn = /\/(\S+) ([\d.]+) Tf\s[^<]*?1 0 0 1 ([\d.-]+) ([\d.-]+) Tm\s<([0-9A-F]*)> Tj/g;
  return Array.from(
    streams.map(decoded).join("\n").matchAll(drawn),
    ([, name = "", size, x, y, hex = ""]) => {
      const font = fonts.get(name);
      const glyphs = (hex.match(/.{4}/g) ?? []).map((digits) => {
        const code = parseInt(digits, 16);
        return { code, text: font?.unicode.get(code) ?? "" };
      });
      const units = glyphs.reduce((sum, { code }) => sum + (font?.widths.get(code) ?? 0), 0);
      const place = { x: Number(x), y: Number(y), width: (units * Number(size)) / 1000 };
      return { text: glyphs.map(({ text }) => text).join(""), glyphs, font: name, ...place };
    },
  );
}

function fontsOf(page: PDFPage): Map<string, Font> {
  const fonts = page.node.Resources()?.lookup(PDFName.of("Font"), PDFDict);
  return new Map(
    (fonts?.keys() ?? []).map((name) => {
      const font = fonts?.lookup(name, PDFDict);
      const cid = font?.lookup(PDFName.of("DescendantFonts"), PDFArray).lookup(0, PDFDict);
      return [
        name.decodeText(),
        {
          unicode: unicodeOf(decoded(font?.lookup(PDFName.of("ToUnicode")))),
          widths: widthsOf(cid?.lookup(PDFName.of("W"), PDFArray)),
        },
      ];
    }),
  );
}

const unicodeOf = (map: string): Map<number, string> =>
  new Map(
    Array.from(map.matchAll(/<([0-9A-F]{4})>\s*<([0-9A-F]+)>/gi), ([, code = "", units = ""]) => [
      parseInt(code, 16),
      Buffer.from(units, "hex").swap16().toString("utf16le"),
    ]),
  );

/** The array lists the first glyph of a range and then the widths of the glyphs that follow. */
function widthsOf(array: PDFArray | undefined): Map<number, number> {
  const widths = new Map<number, number>();
  const parts = array?.asArray() ?? [];
  for (const [index, part] of parts.entries()) {
    const list = parts[index + 1];
    if (!(part instanceof PDFNumber) || !(list instanceof PDFArray)) continue;
    for (const [offset, width] of list.asArray().entries())
      if (width instanceof PDFNumber) widths.set(part.asNumber() + offset, width.asNumber());
  }
  return widths;
}
