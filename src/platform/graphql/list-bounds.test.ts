import { buildSchema, graphql, type GraphQLSchema } from "graphql";
import type { AppError } from "../../shared/errors";
import { boundLists } from "./list-bounds";

function schemaWith(withOwnBound: readonly string[] = []): GraphQLSchema {
  const schema = buildSchema(`
    input Inner { tags: [String!], more: [Inner!] }
    input Outer { inner: Inner!, ids: [ID!] }
    type Thing { count(names: [String!]): Int }
    type Query { ask(input: Outer!, names: [String!]): Int, thing(id: ID): Thing }`);
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) field.resolve = () => 1;
  boundLists(schema, withOwnBound);
  Object.assign(schema.getQueryType()?.getFields()["thing"] ?? {}, { resolve: () => ({ count: 1 }) });
  return schema;
}

const many = (count: number): string[] => Array.from({ length: count }, String);

async function faultsOf(schema: GraphQLSchema, input: object, names?: string[]): Promise<unknown> {
  const source = "query ($input: Outer!, $names: [String!]) { ask(input: $input, names: $names) }";
  const { data, errors } = await graphql({ schema, source, variableValues: { input, names } });
  if (!errors) return data?.["ask"];
  return (errors[0]?.originalError as AppError).details.faults?.map(({ field, message }) => [field, message]);
}

it("takes lists of 100 items, wherever they are", async () => {
  const inner = { tags: many(100), more: [{ tags: many(100) }] };
  expect(await faultsOf(schemaWith(), { inner, ids: many(100) }, many(100))).toBe(1);
});

it("refuses longer ones with all their paths, and says how many they may have", async () => {
  const inner = { more: [{}, { tags: many(101) }] };
  const message = (path: string): [string, string] => [path, `${path}: a list takes at most 100 items.`];
  expect(await faultsOf(schemaWith(), { inner, ids: many(101) }, many(101))).toEqual(
    ["inner.more[1].tags", "ids", "names"].map(message),
  );
});

it("bounds the lists of every field, also below the root", async () => {
  const source = "query ($names: [String!]) { thing { count(names: $names) } }";
  const ask = (count: number) =>
    graphql({ schema: schemaWith(), source, variableValues: { names: many(count) } });
  expect((await ask(100)).data).toEqual({ thing: { count: 1 } });
  expect((await ask(101)).errors?.map(({ message }) => message)).toEqual([
    "names: a list takes at most 100 items.",
  ]);
});

it("leaves a list with a bound of its own to whoever checks that", async () => {
  const schema = schemaWith(["Outer.ids", "ask.names"]);
  expect(await faultsOf(schema, { inner: {}, ids: many(101) }, many(101))).toBe(1);
  expect(() => schemaWith(["Outer.tags"])).toThrow("These lists do not exist: Outer.tags.");
});
