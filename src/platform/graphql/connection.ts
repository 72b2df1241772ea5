/** Relay connections: their types, page sizes and cursors. */
import { Field, ObjectType, type ClassType } from "type-graphql";
import { invalid } from "../../shared/errors";
import { Cursor } from "./scalars";

export const pageSizes = { byDefault: 20, largest: 100 } as const;

/** The number of rows of a page: 20 by default, at most 100. */
export function pageSize(first: number | null | undefined): number {
  if (first === null || first === undefined) return pageSizes.byDefault;
  if (first < 1 || first > pageSizes.largest)
    throw invalid(`first must be between 1 and ${String(pageSizes.largest)}.`, {
      reason: "OUT_OF_RANGE",
      field: "first",
    });
  return first;
}

@ObjectType({ description: "Whether there are more results, and the cursor for requesting them." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is another page." })
  hasNextPage: boolean;
  @Field(() => Boolean, { description: "Always false: pages are read forwards only." })
  hasPreviousPage: boolean;
  @Field(() => Cursor, {
    nullable: true,
    description: "The first row's cursor; null when the page is empty.",
  })
  startCursor: string | null;
  @Field(() => Cursor, {
    nullable: true,
    description: "Pass it as `after` for the next page; null when the page is empty.",
  })
  endCursor: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}
export interface Connection<T> {
  edges: Edge<T>[];
  pageInfo: PageInfo;
}

/** The connection and edge types of a node type. */
export function connectionType<T extends object>(node: ClassType<T>, name: string): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `A row of a ${name}Connection.` })
  class NodeEdge implements Edge<T> {
    @Field(() => Cursor, { description: "Pass it as `after` to continue behind this row." }) cursor: string;
    @Field(() => node, { description: "The row itself." }) node: T;
  }
  @ObjectType(`${name}Connection`, { description: "One page of a list." })
  class NodeConnection implements Connection<T> {
    @Field(() => [NodeEdge], { description: "The rows of the page, in the order of the list." })
    edges: NodeEdge[];
    @Field(() => PageInfo, { description: "Whether there are more rows, and where they begin." })
    pageInfo: PageInfo;
  }
  return NodeConnection;
}

/** `rows` holds one row more than the page when there is a next page. */
export function toConnection<Row, T>(
  rows: readonly Row[],
  size: number,
  to: { node: (row: Row) => T; key: (row: Row) => readonly string[] },
): Connection<T> {
  const edges = rows.slice(0, size).map((row) => ({ cursor: writeKey(to.key(row)), node: to.node(row) }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > size, hasPreviousPage: false, startCursor, endCursor },
  };
}

const writeKey = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** Decodes a cursor into the key after which the page begins. Each part must match its shape, because a cursor is input. */
export function readKey(cursor: string | null | undefined, shapes: readonly RegExp[]): string[] | null {
  if (cursor === null || cursor === undefined) return null;
  const parts = parsed(cursor);
  if (Array.isArray(parts) && parts.length === shapes.length) {
    const texts = parts.filter(
      (part, index): part is string => typeof part === "string" && hasShape(part, shapes[index]),
    );
    if (texts.length === shapes.length) return texts;
  }
  throw invalid("This is not a cursor of this list. Pass a cursor back exactly as you received it.", {
    reason: "MALFORMED",
    field: "after",
  });
}

function hasShape(part: string, shape: RegExp | undefined): boolean {
  if (shape === keyShape.time) return shape.test(part) && isRealTime(part);
  return shape?.test(part) ?? false;
}

// 30 February matches the shape but would fail in the database.
function isRealTime(time: string): boolean {
  const at = new Date(time);
  return !Number.isNaN(at.getTime()) && at.toISOString() === time;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}

export const keyShape = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  number: /^\d{1,15}$/,
  time: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
};
