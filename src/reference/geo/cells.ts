/**
 * A spatial index for shapes. The world is divided into cells of half a degree, each with a code, so that a text index
 * finds the candidates. A shared cell only means that a shape is near; the exact test is in circle.ts and polygon.ts.
 */
import type { Box } from "./polygon";
import type { Position } from "./position";

const perDegree = 2;
const columns = 360 * perDegree;
const cellLimit = 400;
/** Larger than any rounding error, and too small to matter. */
const marginDegrees = 1e-6;

/** The code of shapes that touch too many cells. Every place with a position is also looked up by it. */
export const anywhere = "shape";

export const cellOf = ({ longitude, latitude }: Position): string =>
  codeOfCell(Math.floor(longitude * perDegree), Math.floor(latitude * perDegree));

/** The codes of the cells that the boxes touch, or `anywhere` alone if there are too many. */
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

/** Each code is built once, because the same few thousand cells recur all the time. */
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
