import { parse, type OperationDefinitionNode } from "graphql";
import { argumentPathOf, fieldPath } from "./argument-path";

const placeIn = (document: string): string | null =>
  fieldPath(argumentPathOf(parse(document).definitions[0] as OperationDefinitionNode, "it"));

describe("argumentPathOf", () => {
  it.each([
    ["mutation ($it: A) { create(input: $it) { id } }", null],
    [
      "mutation ($it: A) { create(id: 1, input: { caps: [{ unit: LEADS }, { limit: $it }] }) { id } }",
      "caps[1].limit",
    ],
    ["query ($it: A) { viewer { leads(first: $it) { id } } }", "first"],
    ["query ($it: A) { viewer { ...Other } }", "it"],
  ])("finds the place in %s", (document, place) => {
    expect(placeIn(document)).toBe(place);
  });
});
