/** Any table, with any lengths of names: the rules of the layout hold. A character is 5 points wide here. */
import fc from "fast-check";
import { a4, margin, pagesOf, type Page } from "./page-layout";
import type { PageWords } from "./page-words";
import { wrap } from "./wrap-text";

const widthOf = (text: string): number => text.length * 5;

const wordsOf = (labels: readonly string[], totals: number, name = "Garage"): PageWords => ({
  ...{ language: "EN", title: "Invoice F1", seller: ["Seller", "Street"], buyer: [name, "Street"] },
  facts: [["Date", "2026-12-01"]],
  columns: ["HEAD", "Quantity", "Unit price", "Amount"],
  lines: labels.map((label, index) => [
    `<${String(index)}> ${label} </${String(index)}>`,
    "1",
    "€1.00",
    "€1.00",
  ]),
  totals: Array.from({ length: totals }, (_, index) => [`Total ${String(index)}`, "€1.00"]),
  mentions: ["A mention."],
});

const textsOf = ({ texts }: Page): string[] => texts.map(({ text }) => text);
const pageOf = (pages: readonly Page[], part: string): number =>
  pages.findIndex((page) => textsOf(page).some((text) => text.includes(part)));

it("keeps every row on one page, its head above it, and the totals with the last row", () => {
  const label = fc.string({ minLength: 1, maxLength: 400 });
  const labels = fc.array(label, { minLength: 1, maxLength: 90 });
  fc.assert(
    fc.property(
      labels,
      fc.integer({ min: 1, max: 12 }),
      fc.string({ minLength: 1, maxLength: 500 }),
      (some, totals, name) => {
        const plain = some.map((text) => text.replaceAll(/[<>]/g, ""));
        const pages = pagesOf(wordsOf(plain, totals, name), widthOf);
        for (const index of plain.keys()) {
          const page = pageOf(pages, `<${String(index)}>`);
          expect(page).toBe(pageOf(pages, `</${String(index)}>`));
          expect(textsOf(pages[page] ?? { texts: [], rules: [] })).toContain("HEAD");
        }
        const last = pageOf(pages, `<${String(plain.length - 1)}>`);
        for (let index = 0; index < totals; index++)
          expect(pageOf(pages, `Total ${String(index)}`)).toBe(last);
        for (const [index, page] of pages.entries()) {
          expect(textsOf(page)).toContain(`Page ${String(index + 1)} of ${String(pages.length)}`);
          for (const { text, x, y } of page.texts) {
            expect(x).toBeGreaterThanOrEqual(margin);
            expect(x + widthOf(text)).toBeLessThanOrEqual(a4.width - margin + 0.01);
            expect(y).toBeGreaterThan(30);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

it("continues totals that are higher than a page on the next one", () => {
  const pages = pagesOf(wordsOf(["One"], 120), widthOf);
  expect(pageOf(pages, "Total 0")).toBeGreaterThanOrEqual(0);
  expect(pageOf(pages, "Total 119")).toBeGreaterThan(pageOf(pages, "Total 0"));
});

it("breaks texts at blanks, and words that are wider than the line", () => {
  expect(wrap("one two three", 40, widthOf)).toEqual(["one two", "three"]);
  expect(wrap("abcdefghijkl mn", 40, widthOf)).toEqual(["abcdefgh", "ijkl mn"]);
  expect(wrap("", 40, widthOf)).toEqual([""]);
});
