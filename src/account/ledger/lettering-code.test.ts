import { letteringCode } from "./lettering-code";

it.each([
  [1, "AA"],
  [2, "AB"],
  [26, "AZ"],
  [27, "BA"],
  [676, "ZZ"],
  [677, "AAA"],
  [18_252, "ZZZ"],
  [18_253, "AAAA"],
])("letters number %i as %s", (number, code) => {
  expect(letteringCode(number)).toBe(code);
});

it("gives each number a code of its own", () => {
  const codes = Array.from({ length: 20_000 }, (_, index) => letteringCode(index + 1));
  expect(new Set(codes).size).toBe(codes.length);
});
