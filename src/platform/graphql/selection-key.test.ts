import { getOperationAST, parse } from "graphql";
import { startVariables } from "./selection-key";

const startOf = (text: string): string[] => {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("There is no operation.");
  return [...startVariables(document, operation, ["after"])];
};

describe("startVariables", () => {
  it("finds a variable used as an argument of the root field", () => {
    expect(startOf("subscription ($after: Cursor) { leadFeed(after: $after) { at } }")).toEqual(["after"]);
  });

  it.each([
    [
      "in a nested field",
      "subscription ($after: Cursor) { leadFeed(after: $after) { list(after: $after) { at } } }",
    ],
    [
      "in a fragment",
      "subscription ($after: Cursor) { leadFeed(after: $after) { ...x } } fragment x on E { list(after: $after) { at } }",
    ],
    [
      "in an inline fragment",
      "subscription ($after: Cursor) { leadFeed(after: $after) { ... on E { list(after: $after) { at } } } }",
    ],
  ])("leaves out a variable that is also used %s", (_, text) => {
    expect(startOf(text)).toEqual([]);
  });
});
