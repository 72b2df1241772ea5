import { einvoicingOf } from "./einvoicing-settings";
import { SettingReader } from "./setting-reader";

const whole = {
  EINVOICING_API_BASE: "https://platform.example/flow",
  EINVOICING_TOKEN_URL: "https://platform.example/token",
  EINVOICING_CLIENT_ID: "caratlas",
  EINVOICING_CLIENT_SECRET: "a secret",
  EINVOICING_SINCE: "2027-09-01",
};
const read = (environment: Record<string, string>, isProduction = true) => {
  const reader = new SettingReader(environment);
  return { settings: einvoicingOf(reader, isProduction), problems: reader.problems };
};

describe("the settings of the e-invoicing platform", () => {
  it("are all of them, or none", () => {
    expect(read({})).toEqual({ settings: null, problems: [] });
    expect(read(whole)).toMatchObject({
      settings: { clientId: "caratlas", since: "2027-09-01" },
      problems: [],
    });
    for (const name of Object.keys(whole)) {
      const { problems } = read({ ...whole, [name]: "" });
      expect([name, problems.some((problem) => problem.startsWith(name))]).toEqual([name, true]);
    }
  });

  it("lead to https in production, and begin on a day", () => {
    const plain = { ...whole, EINVOICING_API_BASE: "http://127.0.0.1:9" };
    expect(read(plain, false).problems).toEqual([]);
    expect(read(plain).problems[0]).toContain("begins with https://");
    expect(read({ ...whole, EINVOICING_SINCE: "1 September" }).problems).toEqual([
      "EINVOICING_SINCE: it is not a day, written YYYY-MM-DD.",
    ]);
  });
});
