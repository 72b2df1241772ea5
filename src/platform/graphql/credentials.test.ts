import { bearerOf, languageOf } from "./credentials";

describe("bearerOf", () => {
  it('reads the token, with "bearer" in any case', () => {
    expect(bearerOf("Bearer abc.DEF")).toBe("abc.DEF");
    expect(bearerOf("bearer  abc ")).toBe("abc");
  });

  it.each([undefined, null, ""])("is null when the authorization is %j", (authorization) => {
    expect(bearerOf(authorization)).toBeNull();
  });

  it.each(["abc", "Basic YTpi", "Bearer", "Bearer a b", `Bearer ${"x".repeat(5_000)}`, 5, ["Bearer a"]])(
    "throws without repeating the value when the authorization is %j",
    (authorization) => {
      expect(() => bearerOf(authorization)).toThrow('The authorization must be the word "Bearer"');
    },
  );
});

describe("languageOf", () => {
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
