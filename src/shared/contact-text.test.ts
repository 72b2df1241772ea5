import fc from "fast-check";
import {
  bareNumber,
  canonicalEmail,
  emailForms,
  hasBidirectionalControl,
  isVisible,
  writtenEmail,
  writtenName,
} from "./contact-text";

const invisibles = [
  "\u00ad",
  "\u034f",
  "\u061c",
  "\u180e",
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u202a",
  "\u202c",
  "\u2060",
  "\u2066",
  "\u2069",
  "\ufeff",
  "\ufe0f",
  "\u3164",
  "\u{e0061}",
];
const spaces = [" ", "\u00a0", "\u2007", "\u2009", "\u202f", "\u3000", "\t", "\n"];
const dashes = ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\uff0d", "\u2043"];

/** The text with some of these characters put between its own. */
const mixedWith = (text: string, signs: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom("", "", ...signs), { minLength: text.length + 1, maxLength: text.length + 1 })
    .map((put) => put.reduce((whole, sign, at) => whole + sign + text.charAt(at), ""));

describe("a name", () => {
  it.each([
    ["Zo\u200bé", "Zoé"],
    ["\ufeffMarie\u00ad-Lou\u2060", "Marie-Lou"],
    ["Anne\u200d", "Anne"],
    ["An\u200cne", "Anne"],
    ["علی\u200cرضا", "علی\u200cرضا"],
    ["\u200cعلی\u200c", "علی"],
    ["ක්\u200dෂ", "ක්\u200dෂ"],
    ["क्\u200dष", "क्\u200dष"],
    ["क्\u200d\u200dष", "क्ष"],
    ["𑄌\u200ban", "𑄌an"],
    ["Zoe\u200b\u0301", "Zoé"],
  ])("%j is kept as %j", (given, kept) => {
    expect(writtenName(given)).toBe(kept);
  });

  it("does not change when it is read again, and keeps none of the invisible characters in Latin text", () => {
    const unit = fc.constantFrom("a", "é", "e\u0301", " ", "ع", "क्", "李", "𑄌", ...invisibles);
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        expect(writtenName(writtenName(text))).toBe(writtenName(text));
      }),
    );
    fc.assert(
      fc.property(mixedWith("Zoé Essai", invisibles), (text) => expect(writtenName(text)).toBe("Zoé Essai")),
    );
  });

  it.each(["", "  ", "\u200b", "\u200d\u200c", "\u2800", "\u3164", "\u0301", "\ufe0f", "\u00ad \u2060"])(
    "%j has no visible character",
    (text) => {
      expect(isVisible(text)).toBe(false);
    },
  );
  it.each(["a", "李", "-", "☺", "\u200bé"])("%j has one", (text) => {
    expect(isVisible(text)).toBe(true);
  });

  it.each([..."\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])(
    "with %j changes the direction of the text around it",
    (control) => {
      expect(hasBidirectionalControl(`Zoé${control}`)).toBe(true);
    },
  );
  it("in a script that is written from right to left does not", () => {
    expect(hasBidirectionalControl("علی\u200cרות")).toBe(false);
  });
});

describe("an e-mail address", () => {
  it("is the same text whatever invisible characters it was pasted with", () => {
    fc.assert(
      fc.property(mixedWith("zelie.essai+auto@exemple.fr", invisibles), (text) =>
        expect(writtenEmail(` ${text}\u00a0`)).toBe("zelie.essai+auto@exemple.fr"),
      ),
    );
  });

  it.each([
    ["Zélie@Exémple.Example", "zélie@exémple.example"],
    ["zelie@exemple.fr.", "zelie@exemple.fr"],
    ["zelie@XN--EXMPLE-CVA.example", "zelie@xn--exmple-cva.example"],
  ])("%j is written as %j", (given, written) => {
    expect(writtenEmail(given)).toBe(written);
    expect(writtenEmail(written)).toBe(written);
  });

  it.each(["zelie@exemple..fr", "zelie@exe/mple.fr", "zelie@exemple.fr:80", "zelie@1.2.3.4", "zelie@0x7f.1"])(
    "%j is none, because its domain is none",
    (given) => {
      expect(writtenEmail(given)).toBeNull();
    },
  );

  it("has one canonical form, however its domain is written", () => {
    const ways = ["zélie@exémple.example", "zélie@xn--exmple-cva.example", "zélie@exe\u0301mple.example"];
    for (const way of [...ways, "zélie@exémple。example", "zélie@ｅxémple.example"])
      expect(canonicalEmail(writtenEmail(way) ?? "")).toBe("zélie@xn--exmple-cva.example");
  });

  it("is asked for in each form in which a supplier may have hashed it", () => {
    const forms = ["zélie@xn--exmple-cva.example", "zélie@exémple.example"];
    expect(emailForms("zélie@exémple.example")).toEqual(forms);
    expect(emailForms("zélie@xn--exmple-cva.example")).toEqual(forms);
    expect(emailForms("zelie.essai+auto@exemple.fr")).toEqual(["zelie.essai+auto@exemple.fr"]);
  });
});

describe("a phone number", () => {
  it("is the same digits whatever spaces, marks and invisible characters it was pasted with", () => {
    const between = [...spaces, ...dashes, ...invisibles, ".", "/", "(", ")", "[", "]", "·", "•", "’"];
    fc.assert(
      fc.property(mixedWith("0199001234", between), (text) => expect(bareNumber(text)).toBe("0199001234")),
    );
    fc.assert(
      fc.property(mixedWith("+33199001234", between), (text) =>
        expect(bareNumber(text)).toBe("+33199001234"),
      ),
    );
  });

  it.each([
    ["tel:+33-1-99-00-12-34", "+33199001234"],
    ["TEL: 01 99 00 12 34", "0199001234"],
    ["0033 1 99 00 12 34", "+33199001234"],
    ["00 33 (0)1 99 00 12 34", "+33199001234"],
    ["+33 (0) 1 99 00 12 34", "+33199001234"],
    ["(+33) 1 99 00 12 34", "+33199001234"],
    ["＋33 1 99 00 12 34", "+33199001234"],
    ["+0033 1 99 00 12 34", "+33199001234"],
    ["\u202a+33 1 99 00 12 34\u202c", "+33199001234"],
    ["(0)1 99 00 12 34", "0199001234"],
  ])("%j is read as %j", (given, bare) => {
    expect(bareNumber(given)).toBe(bare);
  });

  it.each([
    "",
    " ",
    "-",
    "tel:",
    "appelez-moi",
    "tél. 01 99 00 12 34",
    "01 99 00 12 34 ou 06",
    "01+99",
    "++33",
  ])("%j is none", (given) => {
    expect(bareNumber(given)).toBeNull();
  });
});
