import { getOperationAST, parse } from "graphql";
import { startVariables } from "./sameness";

const startOf = (text: string): string[] => {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("There is no operation.");
  return [...startVariables(document, operation, ["after"])];
};

describe("a variable that only says where to begin", () => {
  it("stands for the argument of the root field", () => {
    expect(startOf("subscription ($after: Cursor) { leadFeed(after: $after) { at } }")).toEqual(["after"]);
  });

  it.each([
    ["elsewhere", "subscription ($after: Cursor) { leadFeed(after: $after) { list(after: $after) { at } } }"],
    [
      "in a fragment",
      "subscription ($after: Cursor) { leadFeed(after: $after) { ...x } } fragment x on E { list(after: $after) { at } }",
    ],
    [
      "in a fragment that is spelt out",
      "subscription ($after: Cursor) { leadFeed(after: $after) { ... on E { list(after: $after) { at } } } }",
    ],
  ])("does not stand %s, too", (_, text) => {
    expect(startOf(text)).toEqual([]);
  });
});
