/**
 * Lists of which each item is answered separately: an item that cannot be read refuses itself and not the others.
 * graphql-js refuses the whole request, so a malformed item is replaced, before the variables are checked, by a valid
 * one that carries the fault in the place of a time. The same way brings a day without a time to the resolver. Both
 * are objects of our own, which no JSON can contain. Items written into the document itself are not replaced.
 */
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  typeFromAST,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { isDay } from "../../shared/days";
import { valueProblems, type RawVariables } from "./variables";

/** Stands in the place of a DateTime: the item could not be read. */
export class UnreadableItem {
  /** `message` says what to correct, without the value. */
  constructor(readonly message: string) {}
}

/** Stands in the place of a DateTime: a day of the calendar was given without a time. */
export class DayOnly {
  constructor(readonly day: string) {}
}

export const isStandIn = (value: unknown): value is UnreadableItem | DayOnly =>
  value instanceof UnreadableItem || value instanceof DayOnly;

interface SeparateItem {
  /** The field of type DateTime that carries what is put in its place. */
  readonly carrier: string;
  /** The field that the answer to an item repeats. */
  readonly id: string;
  /** Values of the other required fields. */
  readonly rest: Readonly<Record<string, unknown>>;
}

const marked = new Map<string, SeparateItem>();

/** Call it next to the input class, with the GraphQL name of the class. */
export function markSeparate(inputName: string, item: SeparateItem): void {
  marked.set(inputName, item);
}

/** The variables, with what stands in for the items that cannot be read. */
export function withSeparateItems(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  raw: RawVariables,
): Record<string, unknown> {
  const variables: Record<string, unknown> = { ...raw };
  for (const { type: written, variable } of operation.variableDefinitions ?? []) {
    const type = typeFromAST(schema, written);
    const given = raw[variable.name.value];
    if (!isInputType(type) || !isListType(getNullableType(type)) || !Array.isArray(given)) continue;
    const itemType = getNamedType(type);
    const item = marked.get(itemType.name);
    if (item && isInputObjectType(itemType))
      variables[variable.name.value] = given.map((value: unknown) => readable(itemType, item, value));
  }
  return variables;
}

function readable(type: GraphQLInputObjectType, item: SeparateItem, given: unknown): unknown {
  const { carrier, id, rest } = item;
  const fields = fieldsOf(given);
  const value = withDay(fields, carrier) ?? given;
  const message = faultIn(type, value);
  if (message === null) return value;
  return { ...rest, [id]: textOf(fields?.[id]), [carrier]: new UnreadableItem(message) };
}

function withDay(fields: Record<string, unknown> | null, carrier: string): unknown {
  const at = fields?.[carrier];
  return typeof at === "string" && isDay(at) ? { ...fields, [carrier]: new DayOnly(at) } : null;
}

function faultIn(type: GraphQLInputObjectType, value: unknown): string | null {
  if (value === null) return "null is not allowed here.";
  const [problem] = valueProblems(type, value);
  if (!problem) return null;
  const place = [...problem.path, ...problem.inside].join(".");
  return place === "" ? problem.text : `${place}: ${problem.text}`;
}

const textOf = (id: unknown): string => (typeof id === "string" || typeof id === "number" ? String(id) : "");

const fieldsOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
