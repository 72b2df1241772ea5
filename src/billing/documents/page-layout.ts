/**
 * Lays the words of a document out on numbered pages: texts wrap within their columns, the table repeats its head
 * on each page, and neither a row nor the totals are torn. Positions are in points from the lower left corner.
 */
import { pageNumber, type PageWords } from "./page-words";
import { wrap } from "./wrap-text";

export const a4 = { width: 595.28, height: 841.89 };
export const margin = 50;
const right = a4.width - margin;
const top = a4.height - margin;
const bottom = 62;
const footer = 34;

export interface Style {
  readonly size: number;
  readonly bold: boolean;
}

export interface PlacedText extends Style {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface Page {
  readonly texts: PlacedText[];
  /** Heights of the horizontal lines between rows. */
  readonly rules: number[];
}

/** The width of a text in points. */
export type Measure = (text: string, style: Style) => number;

const plain: Style = { size: 10, bold: false };
const strong: Style = { size: 10, bold: true };
const small: Style = { size: 8, bold: false };

interface Column {
  readonly from: number;
  readonly until: number;
  readonly toRight?: true;
}

const tableColumns: readonly Column[] = [
  { from: margin, until: 268 },
  { from: 274, until: 336, toRight: true },
  { from: 342, until: 446, toRight: true },
  { from: 452, until: right, toRight: true },
];
const whole: Column = { from: margin, until: right };
const sellerColumn: Column = { from: margin, until: 300 };
const buyerColumn: Column = { from: 320, until: right };
const factColumns: readonly Column[] = [
  { from: margin, until: 154 },
  { from: 160, until: right },
];
const totalColumns: readonly Column[] = [
  { from: margin, until: 440, toRight: true },
  { from: 452, until: right, toRight: true },
];

/** Texts side by side, each in its column. They stay together on a page. */
interface Row {
  readonly cells: readonly {
    readonly column: Column;
    readonly style: Style;
    readonly lines: readonly string[];
  }[];
  readonly lineHeight: number;
  readonly gap: number;
  readonly ruled?: true;
}

const heightOf = ({ cells, lineHeight, gap }: Row): number =>
  Math.max(1, ...cells.map(({ lines }) => lines.length)) * lineHeight + gap;
const heightOfAll = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + heightOf(row), 0);

export function pagesOf(words: PageWords, measure: Measure): readonly Page[] {
  const sheet = new Sheet(measure);
  const rows = rowsOf(words, measure);
  for (const row of [rows.title, rows.parties, ...rows.facts]) sheet.put([row]);
  sheet.y -= 14;
  sheet.table(rows.head, rows.lines, rows.totals);
  sheet.y -= 16;
  for (const row of rows.mentions) sheet.put([row]);
  const { pages } = sheet;
  for (const [index, page] of pages.entries()) {
    const number = pageNumber(words.language, index + 1, pages.length);
    page.texts.push({ text: words.title, x: margin, y: footer, ...small });
    page.texts.push({ text: number, x: right - measure(number, small), y: footer, ...small });
  }
  return pages;
}

function rowsOf(words: PageWords, measure: Measure) {
  const cell = (column: Column, style: Style, texts: readonly string[]) => ({
    ...{ column, style },
    lines: texts.flatMap((text) => wrap(text, column.until - column.from, (part) => measure(part, style))),
  });
  const cells = (columns: readonly Column[], style: Style, texts: readonly string[]) =>
    columns.map((column, index) => cell(column, style, [texts[index] ?? ""]));
  const party = (column: Column, [name = "", ...rest]: readonly string[]) => {
    const named = cell(column, strong, [name]);
    const address = cell(column, plain, rest);
    return [named, { ...address, lines: [...named.lines.map(() => ""), ...address.lines] }];
  };
  const line = { lineHeight: 13, gap: 5, ruled: true } as const;
  return {
    title: { cells: [cell(whole, { size: 18, bold: true }, [words.title])], lineHeight: 22, gap: 12 },
    parties: {
      cells: [...party(sellerColumn, words.seller), ...party(buyerColumn, words.buyer)],
      ...{ lineHeight: 14, gap: 16 },
    },
    facts: words.facts.map(([label, value]): Row => {
      const [name, said] = factColumns;
      const both = [
        ...(name ? [cell(name, strong, [label])] : []),
        ...(said ? [cell(said, plain, [value])] : []),
      ];
      return { cells: both, lineHeight: 14, gap: 0 };
    }),
    head: { cells: cells(tableColumns, strong, words.columns), ...line },
    lines: words.lines.map((texts): Row => ({ cells: cells(tableColumns, plain, texts), ...line })),
    totals: words.totals.map((texts, index, all): Row => {
      const style = index === all.length - 1 ? strong : plain;
      return { cells: cells(totalColumns, style, texts), lineHeight: 13, gap: 2 };
    }),
    mentions: words.mentions.map((text): Row => ({
      cells: [cell(whole, small, [text])],
      lineHeight: 11,
      gap: 0,
    })),
  };
}

/** Puts rows on pages from top to bottom. */
class Sheet {
  readonly pages: Page[] = [];
  y = top;

  constructor(private readonly measure: Measure) {
    this.turn();
  }

  /** Keeps these rows together; they go to the next page if there is no room for all of them. */
  put(rows: readonly Row[], head?: Row): void {
    if (!this.hasRoomFor(rows)) {
      this.turn();
      if (head) this.draw(head);
    }
    for (const row of rows) {
      // Only rows that are higher than a page together still need another one here.
      if (!this.hasRoomFor([row])) this.turn();
      this.draw(row);
    }
  }

  /** The totals stay with the last row of the table. */
  table(head: Row, lines: readonly Row[], totals: readonly Row[]): void {
    const [first, ...others] = lines;
    const last = others.pop();
    this.put([head, ...(first ? [first] : []), ...(last ? [] : totals)]);
    for (const line of others) this.put([line], head);
    if (last) this.put([last, ...totals], head);
  }

  private hasRoomFor(rows: readonly Row[]): boolean {
    return this.y - heightOfAll(rows) >= bottom;
  }

  private turn(): void {
    this.pages.push({ texts: [], rules: [] });
    this.y = top;
  }

  private draw(row: Row): void {
    const page = this.pages.at(-1);
    for (const { column, style, lines } of row.cells) {
      for (const [index, text] of lines.entries()) {
        const x = column.toRight ? column.until - this.measure(text, style) : column.from;
        if (text !== "") page?.texts.push({ text, x, y: this.y - index * row.lineHeight, ...style });
      }
    }
    const end = this.y - heightOf(row);
    if (row.ruled) page?.rules.push(end + 14);
    this.y = end;
  }
}
