import { domainToASCII, domainToUnicode } from "node:url";
import fc from "fast-check";
import { unicodeLabel } from "./punycode";

describe("a label of a domain", () => {
  it.each([
    ["xn--exmple-cva", "exémple"],
    ["xn--bcher-kva", "bücher"],
    ["xn--fiqs8s", "中国"],
    ["xn--ls8h", "💩"],
    ["exemple", "exemple"],
    ["xn--", "xn--"],
    ["xn--é", "xn--é"],
    ["xn--99999999999", "xn--99999999999"],
  ])("%s is read as %s", (ascii, unicode) => {
    expect(unicodeLabel(ascii)).toBe(unicode);
  });

  it("is read as by the platform, whichever letters it has", () => {
    const letter = fc.constantFrom(..."aezé0-ñœ中日भारغداجъю");
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 20 }), (text) => {
        const ascii = domainToASCII(text);
        fc.pre(ascii !== "" && !ascii.includes("."));
        expect(unicodeLabel(ascii)).toBe(domainToUnicode(ascii));
      }),
    );
  });
});
