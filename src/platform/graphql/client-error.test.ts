import { GraphQLError } from "graphql";
import { AppError } from "../../shared/errors";
import { errorOf } from "../../shared/faults";
import { clientErrorOf, withoutValues } from "./client-error";

const located = (originalError: Error, path = ["field"]): GraphQLError =>
  new GraphQLError(originalError.message, { originalError, path });

describe("clientErrorOf", () => {
  it("finds a resolver's AppError, however deeply it is wrapped", () => {
    const refusal = new AppError("NOT_FOUND", "There is no such lead, or it is not yours.");
    const described = { code: "NOT_FOUND", message: refusal.message, details: {} };
    expect(clientErrorOf(located(located(refusal)))).toEqual(described);
    expect(clientErrorOf(refusal)).toEqual(described);
  });

  it("treats errors before execution as the caller's mistake", () => {
    const error = clientErrorOf(new GraphQLError("Syntax Error: Expected Name, found }."));
    expect(error).toMatchObject({
      code: "INVALID_INPUT",
      details: { reason: "DOCUMENT_INVALID", field: null },
    });
  });

  it("treats an invalid argument found during execution as the caller's mistake", () => {
    const error = new GraphQLError('Argument "input" has invalid value { name: "Dupont" }.', {
      path: ["field"],
    });
    const message = 'Argument "input" has an invalid value.';
    const fault = { reason: "MALFORMED", field: "input" };
    const details = { ...fault, faults: [{ ...fault, message }] };
    expect(clientErrorOf(error)).toEqual({ code: "INVALID_INPUT", message, details });
  });

  it("is null when a result cannot be serialized or anything else fails during execution", () => {
    expect(
      clientErrorOf(new GraphQLError("Int cannot represent non-integer value: 1.5", { path: ["age"] })),
    ).toBeNull();
    expect(clientErrorOf(located(new TypeError("x is not a function")))).toBeNull();
    expect(clientErrorOf(new Error("no connection"))).toBeNull();
    expect(clientErrorOf("thrown text")).toBeNull();
  });

  it("describes the first of several faults and lists all of them", () => {
    const faults = [
      { reason: "REQUIRED", field: "caps[0].limit", message: "A cap has a limit." },
      { reason: "OUT_OF_RANGE", field: "maxSeats", message: "maxSeats must be at least 1." },
    ];
    expect(clientErrorOf(located(errorOf(faults)))).toEqual({
      code: "INVALID_INPUT",
      message: "A cap has a limit.",
      details: { reason: "REQUIRED", field: "caps[0].limit", faults },
    });
  });

  it("gives an error without a reason the reason INVALID", () => {
    const message = "The file is empty.";
    const fault = { reason: "INVALID", field: null };
    expect(clientErrorOf(new AppError("INVALID_INPUT", message))).toEqual({
      code: "INVALID_INPUT",
      message,
      details: { ...fault, faults: [{ ...fault, message }] },
    });
  });
});

describe("withoutValues", () => {
  it.each([
    ['Int cannot represent non-integer value: "Dupont"', "Int cannot represent non-integer value."],
    [
      'String cannot represent a non string value: ["a: value: b"]',
      "String cannot represent a non string value.",
    ],
    [
      "ID cannot represent a non-string and non-integer value: 1.5",
      "ID cannot represent a non-string and non-integer value.",
    ],
    [
      'Enum "Kind" cannot represent non-enum value: "Dupont".',
      'Enum "Kind" cannot represent non-enum value.',
    ],
    [
      'Value "Dupont" does not exist in "Kind" enum. Did you mean',
      'This value does not exist in "Kind" enum.',
    ],
    ['Expected value of type "Ask!", found "Dupont".', 'Expected a value of type "Ask!".'],
    ['Variable "$a" got invalid value "Dupont"; Expected', 'Variable "$a" has an invalid value.'],
    ['Syntax Error: Expected Name, found String "Dupont".', "Syntax Error: Expected Name, found String."],
    ['Syntax Error: Unexpected BlockString "Du\n pont".', "Syntax Error: Unexpected BlockString."],
    ['Cannot query field "helo" on type "Query".', 'Cannot query field "helo" on type "Query".'],
  ])("cuts the message before the value: %s", (message, cut) => {
    expect(withoutValues(message)).toBe(cut);
  });
});
