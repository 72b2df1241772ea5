import { partsOf, uniteApis } from "./module";

class First {
  readonly name = "first";
}
class Second {
  readonly name = "second";
}

describe("uniteApis", () => {
  it("joins the resolvers and permissions of all modules", () => {
    const united = uniteApis([
      { resolvers: [First], permissions: { one: ["ADMIN"] } },
      { resolvers: [Second], permissions: { two: "PUBLIC" }, orphanedTypes: [First] },
    ]);
    expect(united).toEqual({
      resolvers: [First, Second],
      permissions: { one: ["ADMIN"], two: "PUBLIC" },
      orphanedTypes: [First],
    });
  });

  it("refuses a root field that has a permission in two modules", () => {
    const twice = [
      { resolvers: [First], permissions: { one: ["ADMIN"] } },
      { resolvers: [Second], permissions: { one: ["ADMIN"] } },
    ];
    expect(() => uniteApis(twice)).toThrow("Two permissions are given for one.");
  });
});

describe("partsOf", () => {
  it("joins everything but the services", () => {
    const job = { name: "job", run: () => Promise.resolve() };
    const check = { name: "index", now: () => ({ ok: true, text: "ok" }) };
    const [route, step] = [(): void => undefined, () => Promise.resolve()];
    const [first, second] = [new First(), new Second()];
    expect(
      partsOf([
        { services: {}, prepare: [step], resolvers: [first], jobs: [job] },
        { services: {}, resolvers: [second], routes: [route], healthChecks: [check] },
      ]),
    ).toEqual({
      prepare: [step],
      resolvers: [first, second],
      jobs: [job],
      routes: [route],
      healthChecks: [check],
      fileKinds: [],
      uploadKinds: [],
    });
  });
});
