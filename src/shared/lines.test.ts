import type { AppError } from "./errors";
import { checkOneLine } from "./lines";

describe("checkOneLine", () => {
  it("removes blanks around the line", () => {
    expect(checkOneLine("name", "  Garage ")).toBe("Garage");
  });

  it.each([
    ["", "EMPTY"],
    ["  ", "EMPTY"],
    ["abcd", "TOO_LONG"],
    ["a\nb", "MALFORMED"],
    ["\u200b", "EMPTY"],
    ["\u2800", "EMPTY"],
    ["a\u202e", "MALFORMED"],
    ["a\u2028b", "MALFORMED"],
    ["a\uffff", "MALFORMED"],
    ["a\ud800", "MALFORMED"],
  ])("refuses %j", (text, reason) => {
    try {
      checkOneLine("name", text, { most: 3, hint: "a hint" });
    } catch (error) {
      const { details, message } = error as AppError;
      expect(details.reason).toBe(reason);
      expect(message).toBe("name must be one line of 1 to 3 characters: a hint.");
    }
    expect.assertions(2);
  });
});
