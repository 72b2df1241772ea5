import { checkEmail, checkLine, checkOrigins, checkPassword, emailKeyOf, storedFormsOf } from "./credentials";

describe("checkEmail", () => {
  it("ignores case and surrounding space", () => {
    expect(checkEmail(" Anne.Martin@Example.COM ")).toBe("anne.martin@example.com");
    expect(emailKeyOf("ANNE@example.com")).toBe(emailKeyOf("anne@example.com"));
  });

  it("ignores invisible characters", () => {
    expect(checkEmail("\ufeffanne@exam\u200bple.com\u202c")).toBe("anne@example.com");
  });

  it("is looked for in every form in which it may have been stored", () => {
    const forms = ["anne@xn--exmple-cva.com", "anne@exémple.com"];
    expect(storedFormsOf("Anne@Exémple.com")).toEqual(forms);
    expect(storedFormsOf("anne@xn--exmple-cva.com")).toEqual(forms);
    expect(storedFormsOf("an\u200bne@example.com")).toEqual(["anne@example.com", "an\u200bne@example.com"]);
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
  ])("refuses %j without repeating it in the error", (text) => {
    expect(() => checkEmail(text)).toThrow("email is not an e-mail address. Write it as name@example.com.");
  });

  it("refuses more than 254 characters", () => {
    expect(() => checkEmail(`anne@${"x".repeat(250)}.com`)).toThrow("not an e-mail address");
  });
});

describe("checkPassword", () => {
  it("accepts 12 to 200 characters of any kind", () => {
    expect(checkPassword("correct horse")).toBe("correct horse");
    expect(checkPassword("phrase e\u0301crite")).toBe("phrase écrite");
    expect(() => checkPassword("eleven char")).toThrow("12 to 200 characters");
    expect(() => checkPassword("x".repeat(201))).toThrow("12 to 200 characters");
  });
});

describe("checkLine", () => {
  it("accepts one line that is not blank", () => {
    expect(checkLine("label", "  CRM of Lyon ")).toBe("CRM of Lyon");
    for (const text of ["", "  ", "two\nlines", "\u001b[31m", "x".repeat(121)]) {
      expect(() => checkLine("label", text)).toThrow("label must be one line");
    }
  });
});

describe("checkOrigins", () => {
  it("removes duplicates and keeps origins exactly as browsers send them", () => {
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
  ])("refuses %j", (origin) => {
    expect(() => checkOrigins([origin])).toThrow("not a web origin");
  });

  it("refuses more than 50 origins", () => {
    expect(() =>
      checkOrigins(Array.from({ length: 51 }, (_, n) => `https://${String(n)}.example.com`)),
    ).toThrow("at most 50");
  });
});
