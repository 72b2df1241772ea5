import { checkEmail, checkLine, checkOrigins, checkPassword, emailKeyOf } from "./credentials";

describe("an e-mail address", () => {
  it("is one, however its letters are cased and whatever space stands around it", () => {
    expect(checkEmail(" Anne.Martin@Example.COM ")).toBe("anne.martin@example.com");
    expect(emailKeyOf("ANNE@example.com")).toBe(emailKeyOf("anne@example.com"));
  });

  it.each([
    "",
    "anne",
    "anne@",
    "@example.com",
    "anne@example",
    "a b@example.com",
    "a@b@example.com",
    "<a@example.com>",
  ])("is not %j, and the error does not repeat it", (text) => {
    expect(() => checkEmail(text)).toThrow("email is not an e-mail address. Write it as name@example.com.");
  });

  it("is at most 254 characters long", () => {
    expect(() => checkEmail(`anne@${"x".repeat(250)}.com`)).toThrow("not an e-mail address");
  });
});

describe("a password", () => {
  it("has 12 characters or more, of any kind", () => {
    expect(checkPassword("correct horse")).toBe("correct horse");
    expect(() => checkPassword("eleven char")).toThrow("12 to 200 characters");
    expect(() => checkPassword("x".repeat(201))).toThrow("12 to 200 characters");
  });
});

describe("a label", () => {
  it("is one line that says something", () => {
    expect(checkLine("label", "  CRM of Lyon ")).toBe("CRM of Lyon");
    for (const text of ["", "  ", "two\nlines", "\u001b[31m", "x".repeat(121)]) {
      expect(() => checkLine("label", text)).toThrow("label must be one line");
    }
  });
});

describe("web origins", () => {
  it("are kept once each, exactly as browsers send them", () => {
    const origins = ["https://www.example.com", "http://localhost:5173", "https://www.example.com"];
    expect(checkOrigins(origins)).toEqual(origins.slice(0, 2));
  });

  it.each([
    "*",
    "null",
    "www.example.com",
    "https://www.example.com/",
    "https://www.example.com/form",
    "https://www.example.com:443",
    "https://WWW.example.com",
    "https://a:b@example.com",
    "ftp://example.com",
    "https://",
  ])("are not %j", (origin) => {
    expect(() => checkOrigins([origin])).toThrow("not a web origin");
  });

  it("are at most 50", () => {
    expect(() =>
      checkOrigins(Array.from({ length: 51 }, (_, n) => `https://${String(n)}.example.com`)),
    ).toThrow("at most 50");
  });
});
