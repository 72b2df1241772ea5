/**
 * Where to look for a shape: the world in cells of half a degree, each with a code, so that shapes are
 * found by an index of texts. A cell only says that a shape may be near; whether it holds a place is
 * asked of the shape.
 */
import type { Box } from "./polygon";
import type { Position } from "./position";

const perDegree = 2;
const columns = 360 * perDegree;
const cellLimit = 400;
/** Wider than any error of rounding, narrower than anything that matters. */
const marginDegrees = 1e-6;

/** Of shapes too large for cells. Every place that has a position carries it. */
export const anywhere = "shape";

export const cellOf = ({ longitude, latitude }: Position): string =>
  codeOfCell(Math.floor(longitude * perDegree), Math.floor(latitude * perDegree));

/** The cells that these boxes touch, or one code for all the world when they are many. */
export function cellsOf(boxes: readonly Box[]): string[] {
  const cells: string[] = [];
  for (const box of boxes) {
    const { x, y } = spansOf(box);
    if (lengthOf(x) * lengthOf(y) + cells.length > cellLimit) return [anywhere];
    for (let column = x[0]; column <= x[1]; column++) {
      for (let row = y[0]; row <= y[1]; row++) cells.push(codeOfCell(column, row));
    }
  }
  return boxes.length > 1 ? [...new Set(cells)] : cells;
}

interface Spans {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

const spansOf = ({ west, south, east, north }: Box): Spans => ({
  x: [cell(west - marginDegrees), cell(east + marginDegrees)],
  y: [cell(south - marginDegrees), cell(north + marginDegrees)],
});

const cell = (degrees: number): number => Math.floor(degrees * perDegree);
const lengthOf = ([from, to]: Spans["x"]): number => to - from + 1;

/** Each text is made once: a market names the same few thousand cells again and again. */
const codes = new Map<number, string>();

function codeOfCell(x: number, y: number): string {
  const column = ((x % columns) + columns) % columns;
  const number = y * columns + column;
  const known = codes.get(number);
  if (known !== undefined) return known;
  const code = `cell:${column}:${y}`;
  codes.set(number, code);
  return code;
}
