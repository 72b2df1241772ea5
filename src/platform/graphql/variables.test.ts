import fc from "fast-check";
import { buildSchema, execute, getOperationAST, parse, type OperationDefinitionNode } from "graphql";
import type { AppError, Fault } from "../../shared/errors";
import { variablesError } from "./variables";

const schema = buildSchema(`
  type Query { ask(input: Ask!, list: [Int!]): String }
  enum Kind { CAR LEASE }
  input Zone @oneOf { region: ID, postcode: String }
  input Ask { name: String!, kind: Kind, zone: Zone, inner: Ask, many: [Ask!] }
`);
const document = parse("query ($input: Ask!, $list: [Int!]) { ask(input: $input, list: $list) }");
const operation = getOperationAST(document) as OperationDefinitionNode;
function faults(variables: Record<string, unknown>): readonly Fault[] {
  const error = variablesError(schema, operation, variables);
  return (error?.originalError as AppError | undefined)?.details.faults ?? [];
}
const problems = (variables: Record<string, unknown>): string[] =>
  faults(variables).map(({ message }) => message);

describe("variablesError", () => {
  it.each([
    [{}, 'Variable "$input" of required type "Ask!" was not provided.'],
    [{ input: null }, 'Variable "$input" got an invalid value: null is not allowed here.'],
    [{ input: "Dupont" }, 'Variable "$input" got an invalid value: Expected type "Ask" to be an object.'],
    [
      { input: { name: ["Dupont"] } },
      'Variable "$input" got an invalid value at "input.name": it must be a valid String.',
    ],
    [
      { input: { name: "a", kind: "DUPONT" } },
      'Variable "$input" got an invalid value at "input.kind": it must be one of CAR, LEASE.',
    ],
    [
      { input: { name: "a", many: [{ name: "b" }, { name: 1 }] } },
      'Variable "$input" got an invalid value at "input.many[1].name": it must be a valid String.',
    ],
    [
      { input: { name: "a", zone: { region: "1", postcode: "2" } } },
      'Variable "$input" got an invalid value at "input.zone": Exactly one key must be specified for OneOf type "Zone".',
    ],
    [
      { input: { name: "a", "jean dupont": 1 } },
      'Variable "$input" got an invalid value: A field is not defined by type "Ask".',
    ],
    [
      { input: { name: "a\u0000" } },
      'Variable "$input" contains a NUL character, which cannot be stored; remove it.',
    ],
  ])("names the place and what was expected: %j", (variables, message) => {
    expect(problems(variables)).toEqual([message]);
  });

  it("lists all faults in one error, by their place in the arguments", () => {
    const sent = { input: { kind: "X", many: [{ name: null, colour: 1 }], zone: {} }, list: [1, "a"] };
    expect(faults(sent).map(({ field, reason }) => [field, reason])).toEqual([
      ["name", "REQUIRED"],
      ["kind", "UNKNOWN_VALUE"],
      ["zone", "NOT_EXACTLY_ONE"],
      ["many[0].name", "NULL_NOT_ALLOWED"],
      ["many[0].colour", "UNKNOWN_FIELD"],
      ["list[1]", "MALFORMED"],
    ]);
    expect(variablesError(schema, operation, sent)?.message).toBe(problems(sent)[0]);
  });

  it("returns at most ten problems", () => {
    expect(problems({ input: { name: "a" }, list: Array.from({ length: 50 }, () => "Dupont") })).toHaveLength(
      10,
    );
  });

  it("finds problems exactly when graphql-js does, and never repeats a value", () => {
    const secret = "Zq9-secret";
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.constantFrom(secret, "CAR", 1, null, true, [secret]), tie("ask")),
      ask: fc.record(
        {
          name: tie("any"),
          kind: tie("any"),
          zone: tie("any"),
          inner: tie("any"),
          many: fc.array(tie("any"), { maxLength: 2 }),
        },
        { requiredKeys: ["name"] },
      ),
    })).any;
    fc.assert(
      fc.property(value, value, (input, list) => {
        const variables = { input, list };
        const own = problems(variables);
        const result = execute({ schema, document, variableValues: variables }) as { data?: unknown };
        expect(own.length === 0).toBe("data" in result);
        expect(own.join()).not.toContain(secret);
      }),
    );
  });
});
