/**
 * The custom scalars of the API. Each refuses values that it cannot represent exactly. No message repeats the
 * value, because it might be personal data.
 */
import "reflect-metadata";
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from "graphql";
import { DateTime as LuxonDateTime } from "luxon";
import { jsonFault } from "./json";
import { isStandIn } from "./separate-items";

const refuse = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: "INVALID_INPUT" } });

// A result that cannot be serialized is our bug and not the caller's mistake, so it must not be INVALID_INPUT.
function serialized<T>(read: (value: unknown) => T, value: unknown): T {
  try {
    return read(value);
  } catch (error) {
    throw new TypeError("An answer holds a value that its scalar cannot carry.", { cause: error });
  }
}

const timeShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
// PostgreSQL and JavaScript disagree about distant years, so only these are accepted.
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(3000, 0, 1);

/** Parses an instant. Returns null for any other text, including a time without a zone. */
export function parseInstant(text: string): Date | null {
  if (!timeShape.test(text)) return null;
  const millis = LuxonDateTime.fromISO(text, { zone: "utc" }).toMillis();
  return millis >= earliest && millis < latest ? new Date(millis) : null;
}

function readInstant(value: unknown): Date {
  const instant = typeof value === "string" ? parseInstant(value) : null;
  if (instant) return instant;
  throw refuse(
    "DateTime must be an ISO 8601 time with its zone, between the years 1900 and 2999, for example 2026-11-22T09:30:00.000Z.",
  );
}

const isInstant = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());

export const DateTime = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description:
    "An instant in ISO 8601. Results are in UTC with milliseconds; input may use any time zone but must include it.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
  serialize: (value) => (isInstant(value) ? value : serialized(readInstant, value)).toISOString(),
  // What separate-items.ts put in the place of a time is handed to the resolver.
  parseValue: (value) => (isStandIn(value) ? (value as unknown as Date) : readInstant(value)),
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : null),
});

function readCents(value: unknown): number {
  // A fraction of a cent, or an amount beyond the safe integers, would be rounded silently.
  if (typeof value === "number" && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  throw refuse("Cents must be a whole number of euro cents between -9007199254740991 and 9007199254740991.");
}

export const Cents = new GraphQLScalarType<number, number>({
  name: "Cents",
  description: "A whole number of euro cents, as a JSON number. It may exceed 32 bits.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc7493#section-2.2",
  serialize: (value) => serialized(readCents, value),
  parseValue: readCents,
  parseLiteral: (node) => readCents(node.kind === Kind.INT ? Number(node.value) : null),
});

function readJson(value: unknown): unknown {
  const fault = jsonFault(value);
  if (fault) throw refuse(`The JSON value ${fault}.`);
  return value;
}

// graphql-js creates objects without a prototype; the rest of the program expects ordinary ones.
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

export const Json = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value. The field that takes it describes what it expects.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
  serialize: (value) => value,
  parseValue: readJson,
  parseLiteral: (node: ValueNode, variables) => plain(readJson(valueFromASTUntyped(node, variables))),
});

const cursorShape = /^[\x21-\x7e]{1,512}$/;

function readCursor(value: unknown): string {
  if (typeof value === "string" && cursorShape.test(value)) return value;
  throw refuse("A cursor must be passed back exactly as it was received.");
}

export const Cursor = new GraphQLScalarType<string, string>({
  name: "Cursor",
  description: "A position in a list or a feed. It is opaque: pass it back exactly as you received it.",
  specifiedByURL: "https://relay.dev/graphql/connections.htm#sec-Cursor",
  serialize: (value) => serialized(readCursor, value),
  parseValue: readCursor,
  parseLiteral: (node) => readCursor(node.kind === Kind.STRING ? node.value : null),
});
