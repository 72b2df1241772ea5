import { GraphQLError } from "graphql";
import { ArgumentValidationError } from "type-graphql";
import { AppError } from "../../shared/errors";
import { faultOf, withoutValues } from "./fault";

const located = (originalError: Error, path = ["field"]): GraphQLError =>
  new GraphQLError(originalError.message, { originalError, path });

describe("faultOf", () => {
  it("finds a resolver's AppError, however deeply it is wrapped", () => {
    const refusal = new AppError("NOT_FOUND", "There is no such lead, or it is not yours.");
    expect(faultOf(located(located(refusal)))).toEqual({ code: "NOT_FOUND", message: refusal.message });
    expect(faultOf(refusal)).toEqual({ code: "NOT_FOUND", message: refusal.message });
  });

  it("treats errors before execution as the caller's mistake", () => {
    expect(faultOf(new GraphQLError("Syntax Error: Expected Name, found }."))?.code).toBe("INVALID_INPUT");
  });

  it("treats an invalid argument found during execution as the caller's mistake", () => {
    const error = new GraphQLError('Argument "input" has invalid value { name: "Dupont" }.', {
      path: ["field"],
    });
    expect(faultOf(error)).toEqual({
      code: "INVALID_INPUT",
      message: 'Argument "input" has an invalid value.',
    });
  });

  it("is null when a result cannot be serialized or anything else fails during execution", () => {
    expect(
      faultOf(new GraphQLError("Int cannot represent non-integer value: 1.5", { path: ["age"] })),
    ).toBeNull();
    expect(faultOf(located(new TypeError("x is not a function")))).toBeNull();
    expect(faultOf(new Error("no connection"))).toBeNull();
    expect(faultOf("thrown text")).toBeNull();
  });

  it("lists the violated constraints of a validator without the values", () => {
    const violations = [
      {
        property: "contact",
        value: "Dupont",
        children: [
          {
            property: "email",
            value: "dupont@example.fr",
            constraints: { isEmail: "email must be an email" },
          },
        ],
      },
    ];
    const fault = faultOf(located(new ArgumentValidationError(violations)));
    expect(fault).toEqual({ code: "INVALID_INPUT", message: "contact.email: email must be an email." });
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
