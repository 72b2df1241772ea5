/** Finds every list that callers can send, and makes a request that carries one of them. */
import { randomUUID } from "node:crypto";
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isObjectType,
  isNonNullType,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";

/** Values of required fields and arguments that the request needs, by input type or root field. */
export type Defaults = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface ListRequest {
  readonly rootField: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

type ObjectField = GraphQLField<unknown, unknown>;

/** Where a list is: the names of the arguments and input fields that lead to it, the list itself last. */
interface Found {
  readonly field: ObjectField;
  readonly route: readonly string[];
}

/** By name, such as `CampaignInput.zones` or `addOwnCustomers.hashes`. */
export function listsOf(schema: GraphQLSchema): ReadonlyMap<string, Found> {
  const found = fieldsOf(schema).flatMap((field) =>
    field.args
      .flatMap(({ name, type }) => routesIn(type, `${field.name}.${name}`, []))
      .map((route): [string, Found] => [route.at(-1) ?? "", { field, route }]),
  );
  // The first field of each list remains.
  return new Map(found.reverse());
}

const fieldsOf = (schema: GraphQLSchema): ObjectField[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type) ? Object.values(type.getFields()) : [],
  );

function routesIn(type: GraphQLInputType, name: string, before: readonly string[]): string[][] {
  if (before.includes(name)) return [];
  const route = [...before, name];
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [[...route], ...routesInside(nullable.ofType, route)];
  return routesInside(nullable, route);
}

function routesInside(type: GraphQLInputType, route: readonly string[]): string[][] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    routesIn(field.type, `${named.name}.${field.name}`, route),
  );
}

/** A request whose values are of the right type and otherwise meaningless, apart from the defaults. */
export function requestWith(
  schema: GraphQLSchema,
  { field, route }: Found,
  { list, defaults }: { readonly list: readonly unknown[]; readonly defaults: Defaults },
): ListRequest {
  const given = defaults[field.name] ?? {};
  const args = field.args.filter(
    ({ name, type, defaultValue }) =>
      route[0] === `${field.name}.${name}` || (isNonNullType(type) && defaultValue === undefined),
  );
  const value = (type: GraphQLInputType, name: string): unknown =>
    valueOf(type, name, { route, list, defaults });
  const variables = args.map(({ name, type }) => [name, given[name] ?? value(type, `${field.name}.${name}`)]);
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = args.map(({ name }) => `${name}: $${name}`).join(", ");
  const selected = isLeafType(getNamedType(field.type)) ? "" : " { __typename }";
  const kind = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .find((root) => root?.getFields()[field.name] !== undefined)
    ?.name.toLowerCase();
  return {
    rootField: field.name,
    query: `${kind ?? ""} (${declared}) { ${field.name}(${passed})${selected} }`,
    variables: Object.fromEntries(variables) as Record<string, unknown>,
  };
}

interface Carrying {
  readonly route: readonly string[];
  readonly list: readonly unknown[];
  readonly defaults: Defaults;
}

function valueOf(type: GraphQLInputType, name: string, carrying: Carrying): unknown {
  const { route, list, defaults } = carrying;
  if (route.at(-1) === name) return list;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [valueOf(nullable.ofType, "", carrying)];
  if (!isInputObjectType(nullable)) return sampleOf(nullable);
  const value: Record<string, unknown> = { ...defaults[nullable.name] };
  for (const field of Object.values(nullable.getFields())) {
    const inner = `${nullable.name}.${field.name}`;
    const isRequired = isNonNullType(field.type) && field.defaultValue === undefined;
    if (route.includes(inner) || (isRequired && !(field.name in value)))
      value[field.name] = valueOf(field.type, inner, carrying);
  }
  const [first] = Object.values(nullable.getFields());
  if (nullable.isOneOf && first && Object.keys(value).length === 0)
    value[first.name] = valueOf(first.type, "", carrying);
  return value;
}

const samples: Readonly<Record<string, () => unknown>> = {
  ID: () => randomUUID(),
  Int: () => 1,
  Float: () => 1,
  Cents: () => 1,
  Boolean: () => false,
  DateTime: () => "2026-11-30T10:00:00Z",
  Day: () => "2026-11-30",
  Month: () => "2026-11",
};

/** A value of a scalar or an enum. */
export function sampleOf(type: GraphQLInputType, nth = 0): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const values = named.getValues();
    return values[nth % values.length]?.name;
  }
  return (samples[named.name] ?? (() => "text"))();
}

/** An item of a list, with everything that is required of it. */
export const itemOf = (type: GraphQLInputType, nth: number, defaults: Defaults): unknown =>
  isInputObjectType(getNullableType(type))
    ? valueOf(type, "", { route: [], list: [], defaults })
    : sampleOf(type, nth);
