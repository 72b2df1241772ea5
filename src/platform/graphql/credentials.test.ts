import { bearerOf, languageOf } from "./credentials";

describe("the bearer", () => {
  it("is read whatever the case of its word", () => {
    expect(bearerOf("Bearer abc.DEF")).toBe("abc.DEF");
    expect(bearerOf("bearer  abc ")).toBe("abc");
  });

  it.each([undefined, null, ""])("is none when the authorization is %j", (authorization) => {
    expect(bearerOf(authorization)).toBeNull();
  });

  it.each(["abc", "Basic YTpi", "Bearer", "Bearer a b", `Bearer ${"x".repeat(5_000)}`, 5, ["Bearer a"]])(
    "is refused, and not repeated, when the authorization is %j",
    (authorization) => {
      expect(() => bearerOf(authorization)).toThrow('The authorization must be the word "Bearer"');
    },
  );
});

describe("the language", () => {
  it.each([
    ["fr-FR,fr;q=0.9,en;q=0.8", "fr"],
    ["EN", "en"],
    ["*", null],
    ["", null],
    [undefined, null],
  ])("of %j is %j", (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
