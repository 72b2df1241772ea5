import { ConfigError, readConfig } from "./config";
import { einvoicingNames } from "./einvoicing";
import { conflictsIn } from "./rules";

const whole = {
  EINVOICING_API_BASE: "https://platform.example/flow",
  EINVOICING_TOKEN_URL: "https://platform.example/token",
  EINVOICING_CLIENT_ID: "caratlas",
  EINVOICING_CLIENT_SECRET: "a secret",
  EINVOICING_SINCE: "2027-09-01",
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("the settings of the e-invoicing platform", () => {
  it("are all set or none", () => {
    expect(readConfig({}).einvoicing).toBeNull();
    expect(readConfig(whole).einvoicing).toEqual({
      base: "https://platform.example/flow",
      tokenUrl: "https://platform.example/token",
      clientId: "caratlas",
      clientSecret: "a secret",
      since: "2027-09-01",
    });
    for (const name of einvoicingNames) {
      expect(problemsOf({ ...whole, [name]: "" })).toEqual([
        `${name} is missing: the settings of the e-invoicing platform belong together.`,
      ]);
    }
  });

  it("name https addresses in production, and plain ones only elsewhere", () => {
    const plain = { ...whole, EINVOICING_API_BASE: "http://127.0.0.1:9" };
    expect(problemsOf(plain)).toEqual([]);
    expect(conflictsIn(plain, plain, true)).toEqual([
      "EINVOICING_API_BASE, EINVOICING_TOKEN_URL: invoices are only sent to an address that begins with https://.",
    ]);
    expect(conflictsIn(whole, whole, true)).toEqual([]);
  });

  it("begin on a day", () => {
    expect(problemsOf({ ...whole, EINVOICING_SINCE: "1 September" })).toEqual([
      "EINVOICING_SINCE: it is not a day, written YYYY-MM-DD.",
    ]);
  });
});
