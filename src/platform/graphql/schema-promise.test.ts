import { buildSchema } from "graphql";
import { schemaChanges } from "./schema-promise";

const today = "2027-06-15";
const published = `
  type Query { lead(id: ID!, inFull: Boolean): Lead  feed: Event }
  type Lead { id: ID!  name: String @deprecated(reason: "Use id. Withdrawn after 2027-06-14.")
    city: String @deprecated(reason: "Use id. Withdrawn after 2027-06-15.")  seat: Int! }
  enum Kind { A B @deprecated(reason: "Never sent. Withdrawn after 2027-01-01.") }
  "An event. Withdrawn after 2027-02-01." type Old { a: Int  b: Int }
  type Newer { kind: Kind }
  union Event = Old | Newer
  input Filter { kind: Kind }`;

const changes = (edit: (text: string) => string) =>
  schemaChanges(buildSchema(published), buildSchema(edit(published)), today);
const without = (part: string) => (text: string) => {
  expect(text).toContain(part);
  return text.replace(part, "");
};

test("an unchanged schema has no changes", () => {
  expect(changes((text) => text)).toEqual({ broken: [], withdrawn: [], added: [] });
});

test("additions are safe, and members of a new type are not listed separately", () => {
  const { broken, added } = changes((text) =>
    text
      .replace("type Newer {", "type Fresh { x: Int }  type Newer { note: String  later(by: Int): Int ")
      .replace("enum Kind { A", "enum Kind { A C")
      .replace("Old | Newer", "Old | Newer | Fresh")
      .replace("input Filter {", "input Filter { city: String ")
      .replace("inFull: Boolean", "inFull: Boolean, at: String"),
  );
  expect(broken).toEqual([]);
  expect([...added].sort()).toEqual([
    ...["Event.Fresh", "Filter.city", "Fresh", "Kind.C", "Newer.later", "Newer.note", "Query.lead(at)"],
  ]);
});

test("what an interface, a union or an enum gains is listed, also when a known type joins", () => {
  const before = `type Query { event: Event }  interface Event { at: Int }  type A implements Event { at: Int }
    type B { at: Int }  union Both = A  enum Kind { X }`;
  const after = before
    .replace("type B {", "type B implements Event {")
    .replace("Both = A", "Both = A | B")
    .replace("{ X }", "{ X Y }");
  const { broken, added } = schemaChanges(buildSchema(before), buildSchema(after), today);
  expect(broken).toEqual([]);
  expect([...added].sort()).toEqual(["Both.B", "Event.B", "Kind.Y"]);
});

describe("a default value", () => {
  const asks = (type: string, argument: string, field: string) =>
    buildSchema(`type Query { a(by: ${argument}): Int }  input In { kind: ${field} }  enum Kind { A B }
      type Unrelated { b(by: ${type}): Int }`);
  const brokenBy = (argument: string, field: string): readonly string[] =>
    schemaChanges(asks("Int", "Int = 1", "Kind = A"), asks("Int = 1", argument, field), today).broken;

  test("may be given where there was none", () => expect(brokenBy("Int = 1", "Kind = A")).toEqual([]));

  test.each([
    [
      "of an argument may not change",
      "Int = 2",
      "Kind = A",
      "The default of Query.a(by) was 1 and is now 2.",
    ],
    ["of an argument may not go", "Int", "Kind = A", "The default of Query.a(by) was 1 and is now missing."],
    ["of an input field may not change", "Int = 1", "Kind = B", "The default of In.kind was A and is now B."],
    ["of an input field may not go", "Int = 1", "Kind", "The default of In.kind was A and is now missing."],
  ])("%s", (_what, argument, field, message) => {
    expect(brokenBy(argument, field)).toEqual([`${message} Clients rely on it: put it back.`]);
  });
});

test("an input may not become @oneOf, but may cease to be", () => {
  const plain = "type Query { a(by: In): Int }  input In { x: Int y: Int }";
  const oneOf = plain.replace("In {", "In @oneOf {");
  const brokenBy = (from: string, to: string) =>
    schemaChanges(buildSchema(from), buildSchema(to), today).broken;
  expect(brokenBy(plain, oneOf)).toEqual([expect.stringContaining("In is now @oneOf")]);
  expect(brokenBy(oneOf, plain)).toEqual([]);
});

test("a field or value may be removed after its announced date", () => {
  expect(changes(without('name: String @deprecated(reason: "Use id. Withdrawn after 2027-06-14.")'))).toEqual(
    {
      broken: [],
      withdrawn: ["Lead.name"],
      added: [],
    },
  );
  const value = 'B @deprecated(reason: "Never sent. Withdrawn after 2027-01-01.")';
  expect(changes(without(value)).withdrawn).toEqual(["Kind.B"]);
  expect(changes(without(value)).broken).toEqual([]);
});

test.each([
  ["a field that was not announced", "seat: Int!", "Lead.seat"],
  [
    "a field on its announced date",
    'city: String @deprecated(reason: "Use id. Withdrawn after 2027-06-15.")',
    "Lead.city",
  ],
  ["an argument", ", inFull: Boolean", "Query.lead(inFull)"],
  ["an input field", "kind: Kind }\n  union", null],
])("%s may not be removed", (_name, part, at) => {
  const { broken, withdrawn } = changes((text) =>
    at === null
      ? text.replace("input Filter { kind: Kind }", "input Filter { other: Kind }")
      : without(part)(text),
  );
  expect(withdrawn).toEqual([]);
  expect(broken).toEqual([expect.stringContaining(at ?? "Filter.kind")]);
});

test("a removed type is listed once without its fields, and so is its membership of a union", () => {
  const { broken, withdrawn } = changes((text) =>
    without('"An event. Withdrawn after 2027-02-01." type Old { a: Int  b: Int }')(text).replace(
      "Old | ",
      "",
    ),
  );
  expect([...withdrawn].sort()).toEqual(["Event.Old", "Old"]);
  expect(broken).toEqual([]);
});

test("changing the type of a field breaks clients even when announced", () => {
  expect(changes((text) => text.replace("seat: Int!", "seat: Int")).broken).toHaveLength(1);
  expect(changes((text) => text.replace("input Filter {", "input Filter { must: Int! ")).broken).toHaveLength(
    1,
  );
});

test("a new deprecation needs a withdrawal date at least twelve months ahead", () => {
  const deprecating = (reason: string) =>
    changes((text) => text.replace("seat: Int!", `seat: Int! @deprecated(reason: "${reason}")`)).broken;
  expect(deprecating("Use id.")).toHaveLength(1);
  expect(deprecating("Use id. Withdrawn after 2028-06-14.")).toHaveLength(1);
  expect(deprecating("Use id. Withdrawn after 2028-06-15.")).toEqual([]);
});
