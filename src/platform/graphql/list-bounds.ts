/**
 * Bounds every list that callers send, in front of the resolvers, so that no list is without a bound by oversight.
 * Lists that take more items than others check their own bound; they are named when the schema is built.
 */
import {
  getNullableType,
  defaultFieldResolver,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import { invalid, type AppError, type Fault } from "../../shared/errors";
import { errorOf, faultsOf } from "../../shared/faults";
import { limits } from "./limits";

type Arguments = Readonly<Record<string, unknown>>;
type ObjectField = GraphQLField<unknown, unknown>;

/** A place where a value is expected: its type, its path in the input, and its name, such as CampaignInput.zones. */
interface Place {
  readonly type: GraphQLInputType;
  readonly path: string;
  readonly name: string;
}

/** Throws when a list that is named does not exist. */
export function boundLists(schema: GraphQLSchema, withOwnBound: readonly string[]): void {
  const fields = fieldsOf(schema);
  const known = new Set(fields.flatMap((field) => placesOf(field).flatMap((place) => [...listsIn(place)])));
  const unknown = withOwnBound.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`These lists do not exist: ${unknown.join(", ")}.`);
  for (const field of fields) boundField(field, new Set(withOwnBound));
}

/** The fields of all objects, because a list can be the argument of any. */
const fieldsOf = (schema: GraphQLSchema): ObjectField[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type) ? Object.values(type.getFields()) : [],
  );

function boundField(field: ObjectField, withOwnBound: ReadonlySet<string>): void {
  const places = placesOf(field).filter((place) => listsIn(place).size > 0);
  if (places.length === 0) return;
  const check = (args: Arguments): void => {
    const faults = places.flatMap((place) => faultsAt(place, args[lastOf(place)], withOwnBound));
    if (faults.length > 0) throw errorOf(faults);
  };
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (root, args, context, info) => {
    check(args as Arguments);
    return resolve(root, args, context, info);
  };
  if (!subscribe) return;
  field.subscribe = (root, args, context, info) => {
    check(args as Arguments);
    return subscribe(root, args, context, info);
  };
}

/** The arguments of a field. The path of what is in the argument `input` starts inside it. */
const placesOf = ({ name, args }: ObjectField): Place[] =>
  args.map((arg) => ({
    type: arg.type,
    path: arg.name === "input" && !isListType(getNullableType(arg.type)) ? "" : arg.name,
    name: `${name}.${arg.name}`,
  }));

/** The argument or field that a place is. */
const lastOf = ({ name }: Place): string => name.split(".")[1] ?? "";

/** The names of all lists at a place. `seen` holds the input types that contain this place. */
function listsIn({ type, path, name }: Place, seen: readonly string[] = []): Set<string> {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return new Set([name, ...listsIn({ type: nullable.ofType, path, name }, seen)]);
  if (!isInputObjectType(nullable) || seen.includes(nullable.name)) return new Set();
  const within = [...seen, nullable.name];
  return new Set(
    placesIn(nullable.name, nullable.getFields(), path).flatMap((place) => [...listsIn(place, within)]),
  );
}

const placesIn = (
  typeName: string,
  fields: Readonly<Record<string, { readonly type: GraphQLInputType }>>,
  path: string,
): Place[] =>
  Object.entries(fields).map(([field, { type }]) => ({
    type,
    path: path === "" ? field : `${path}.${field}`,
    name: `${typeName}.${field}`,
  }));

type OwnBounds = ReadonlySet<string>;

function faultsAt(place: Place, value: unknown, withOwnBound: OwnBounds): Fault[] {
  const { name, path } = place;
  const type = getNullableType(place.type);
  if (Array.isArray(value)) {
    if (value.length > limits.listItems && !withOwnBound.has(name)) return [...faultsOf(tooMany(path))];
    return value.flatMap((item, index) =>
      isListType(type)
        ? faultsAt({ type: type.ofType, path: `${path}[${index}]`, name }, item, withOwnBound)
        : [],
    );
  }
  if (!isInputObjectType(type) || !isObject(value)) return [];
  return placesIn(type.name, type.getFields(), path).flatMap((inner) =>
    faultsAt(inner, value[lastOf(inner)], withOwnBound),
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const tooMany = (path: string): AppError =>
  invalid(`${path}: a list takes at most ${limits.listItems} items.`, { reason: "TOO_MANY", field: path });
