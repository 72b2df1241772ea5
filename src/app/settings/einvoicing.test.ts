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
      reporting: null,
    });
    for (const name of einvoicingNames) {
      expect(problemsOf({ ...whole, [name]: "" })).toEqual([
        `${name} is missing: the settings of the e-invoicing platform belong together.`,
      ]);
    }
  });

  it("include those of e-reporting, which need the platform", () => {
    const reporting = {
      EREPORTING_REGIME: "SIMPLIFIED",
      EREPORTING_PLATFORM_ID: "0123",
      EREPORTING_PLATFORM_NAME: "Plateforme Exemple",
    };
    expect(readConfig({ ...whole, ...reporting }).einvoicing?.reporting).toEqual({
      regime: "SIMPLIFIED",
      sender: { id: "0123", name: "Plateforme Exemple" },
    });
    expect(problemsOf({ ...whole, ...reporting, EREPORTING_PLATFORM_NAME: "" })).toEqual([
      "EREPORTING_PLATFORM_NAME is missing: the settings of e-reporting belong together.",
    ]);
    expect(problemsOf(reporting)).toEqual(
      einvoicingNames.map(
        (name) => `${name} is missing: the settings of the e-invoicing platform belong together.`,
      ),
    );
    expect(problemsOf({ ...whole, ...reporting, EREPORTING_PLATFORM_ID: "12345" })).toEqual([
      "EREPORTING_PLATFORM_ID: it is not the number of an approved platform, four letters or digits.",
    ]);
    expect(problemsOf({ ...whole, ...reporting, EREPORTING_REGIME: "MONTHLY" })).toEqual([
      'EREPORTING_REGIME: "MONTHLY" is not one of NORMAL_MONTHLY, NORMAL_QUARTERLY, SIMPLIFIED, FRANCHISE.',
    ]);
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
