import { buildSchema, parse, validate } from "graphql";
import { oneMutationField } from "./rules";

const schema = buildSchema(`
  type Query { viewer: String other: String }
  type Mutation { topUp: Int refund: Int }
`);
const messagesOf = (document: string): string[] =>
  validate(schema, parse(document), [oneMutationField]).map(({ message }) => message);

describe("oneMutationField", () => {
  it.each([
    ["one field", "mutation { topUp }"],
    ["__typename beside it", "mutation { __typename t: __typename topUp }"],
    [
      "the same field twice under one name",
      "mutation { topUp ...Again } fragment Again on Mutation { topUp }",
    ],
    ["several fields of a query", "{ viewer other }"],
  ])("accepts %s", (_what, document) => expect(messagesOf(document)).toEqual([]));

  it.each([
    ["two fields", "mutation { topUp refund }"],
    ["one field under two names", "mutation { topUp again: topUp }"],
    [
      "a second field in a fragment",
      "mutation { topUp ...More } fragment More on Mutation { ... { refund } }",
    ],
    ["a second field that is skipped", "mutation { topUp refund @skip(if: true) }"],
    ["a fragment that includes itself", "mutation { topUp ...A } fragment A on Mutation { refund ...A }"],
  ])("refuses %s", (_what, document) =>
    expect(messagesOf(document)).toEqual([
      "One operation carries one mutation; this one carries 2. Send each in an operation of its own.",
    ]),
  );
});
