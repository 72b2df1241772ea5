import fc from "fast-check";
import { checkContact, type ContactInput, type ContactNeeds } from "./contact";
import { phoneCountryOf } from "./reach";

const input = (change: Partial<ContactInput> = {}): ContactInput => ({
  civility: "UNSPECIFIED",
  firstName: "Zélie",
  lastName: "Essai",
  email: "zelie@exemple.example",
  postcode: "69003",
  city: "Lyon",
  ...change,
});
const needs = (change: Partial<ContactNeeds> = {}): ContactNeeds => ({
  phoneFor: null,
  mobile: false,
  departement: "69",
  ...change,
});
const refusalOf = (change: Partial<ContactInput>, need: Partial<ContactNeeds> = {}): unknown => {
  try {
    return checkContact(input(change), needs(need));
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
};
const invalid = (message: string) => ({ code: "INVALID_INPUT", message });

describe("checkContact", () => {
  it("keeps a contact as given, with null for what was left out", () => {
    expect(checkContact(input(), needs())).toEqual({ ...input(), phone: null, street: null });
  });

  it("does not change a contact that was already checked", () => {
    const once = checkContact(
      input({ phone: "06 12 34 56 78", street: " 1  rue de l'Essai ", email: "A@B.FR", city: " Lyon " }),
      needs(),
    );
    expect(checkContact(once, needs())).toEqual(once);
  });

  it.each(["   ", "", null, undefined])("treats the phone %j as missing", (phone) => {
    expect(checkContact(input({ phone }), needs()).phone).toBeNull();
  });
});

describe("names and places", () => {
  it.each([
    ["Zoé-Léonie", "Zoé-Léonie"],
    ["O’Neil d'Été", "O’Neil d'Été"],
    ["Nguyễn Thị", "Nguyễn Thị"],
    ["Zoe\u0301", "Zoé"],
    ["  Marie   Anne\u00a0Lou ", "Marie Anne Lou"],
    ["Marie\nAnne", "Marie Anne"],
    ["李", "李"],
    ["x".repeat(80), "x".repeat(80)],
  ])("normalises %j to %j", (given, kept) => {
    const { firstName, lastName } = checkContact(input({ firstName: given, lastName: given }), needs());
    expect([firstName, lastName]).toEqual([kept, kept]);
  });

  it.each([
    ["firstName", 80],
    ["lastName", 80],
    ["city", 100],
    ["street", 200],
  ] as const)("refuses a %s that is blank, too long or has control characters", (field, longest) => {
    const error = invalid(
      `contact.${field} must be 1 to ${String(longest)} visible characters, without control characters.`,
    );
    for (const value of [
      "   ",
      "x".repeat(longest + 1),
      "Zo\u0000é",
      "Zo\u001bé",
      "Zo\u0085é",
      "Zo\u007fé",
    ]) {
      // JavaScript does not treat a next line (U+0085) as white space, so it is refused as a control character.
      expect([value, refusalOf({ [field]: value })]).toEqual([value, error]);
    }
    expect(checkContact(input({ [field]: "x".repeat(longest) }), needs())[field]).toHaveLength(longest);
  });

  it.each(["firstName", "lastName", "city", "street"] as const)(
    "refuses a %s in which nothing is visible, or that changes the direction of the text",
    (field) => {
      const empty = {
        code: "INVALID_INPUT",
        message: expect.stringContaining(`contact.${field} must be`) as string,
      };
      for (const value of ["\u200b", "\u200d\u200c", "\u2800", "\u3164"])
        expect(refusalOf({ [field]: value })).toEqual(empty);
      for (const control of "\u200e\u200f\u061c\u202e\u2066") {
        expect(refusalOf({ [field]: `Zoé${control}` })).toEqual(
          invalid(
            `contact.${field} contains an invisible character that reverses the text around it. Ask the person to type it again.`,
          ),
        );
      }
    },
  );

  it("treats an empty street as missing", () => {
    expect(checkContact(input({ street: "" }), needs()).street).toBeNull();
  });

  const oneCharacter = fc.constantFrom(
    "a",
    "É",
    "-",
    "’",
    "李",
    " ",
    "\u00a0",
    "\t",
    "\n",
    "\u0000",
    "\u0085",
    "\u0301",
  );
  it("never keeps control characters or repeated spaces", () => {
    fc.assert(
      fc.property(fc.string({ unit: oneCharacter, maxLength: 12 }), (lastName) => {
        const answer = refusalOf({ lastName }) as { lastName?: string; code?: string };
        if (answer.code !== undefined) expect(answer.code).toBe("INVALID_INPUT");
        else expect(answer.lastName).toMatch(/^[^\p{Cc}\s]+( [^\p{Cc}\s]+)*$/u);
      }),
    );
  });

  it.each(["69003", " 97500 ", "01000"])("accepts the postcode %j", (postcode) => {
    expect(checkContact(input({ postcode }), needs()).postcode).toBe(postcode.trim());
  });
  it.each(["6900", "690033", "2A004", "69 003", "", "٦٩٠٠٣"])("refuses the postcode %j", (postcode) => {
    expect(refusalOf({ postcode })).toEqual(
      invalid("contact.postcode must be the five digits of a French postcode."),
    );
  });
});

describe("an e-mail address", () => {
  it.each([
    [" Zelie.Essai+auto@Exemple.Example ", "zelie.essai+auto@exemple.example"],
    ["zélie@exémple.fr", "zélie@exémple.fr"],
    ["zelie\u0301@exemple.fr", "zelié@exemple.fr"],
    ["zelie\u200b@exemple\u00ad.fr\u202c", "zelie@exemple.fr"],
    ["zelie@exemple.fr.", "zelie@exemple.fr"],
    ["a@b.c.fr", "a@b.c.fr"],
    [`${"x".repeat(64)}@exemple.fr`, `${"x".repeat(64)}@exemple.fr`],
  ])("is normalised: %j", (given, kept) => {
    expect(checkContact(input({ email: given }), needs()).email).toBe(kept);
  });

  it.each([
    "",
    "zelie",
    "zelie@exemple",
    "@exemple.fr",
    "zelie@.fr",
    "zelie@exemple..fr",
    "zelie@exemple.fr..",
    "ze lie@exemple.fr",
    "zelie@exemple.fr, toi@exemple.fr",
    "zelie@@exemple.fr",
    "zelie\u0000@exemple.fr",
    "zelie@exemple.fr\r\nBcc: toi@exemple.fr",
    `${"x".repeat(65)}@exemple.fr`,
    `x@${"y".repeat(250)}.fr`,
  ])("is refused without being repeated in the error: %j", (email) => {
    expect(refusalOf({ email })).toEqual(
      invalid(
        "contact.email is not an e-mail address. Ask the person to read it again, for example nom@exemple.fr.",
      ),
    );
  });
});

describe("a phone number", () => {
  const unreachable = invalid(
    "contact.phone is not a number a person can be reached at. Give it with its country code, for example +33 6 12 34 56 78.",
  );
  const noSms = invalid("contact.phone cannot receive an SMS. Give a mobile number, or confirm by EMAIL.");
  const phoneOf = (phone: string, departement: string): string | null =>
    checkContact(input({ phone }), needs({ departement })).phone;

  it.each([
    ["06 12 34 56 78", "69", "+33612345678"],
    ["06.12.34.56.78", "2A", "+33612345678"],
    ["0033 6 12 34 56 78", "69", "+33612345678"],
    ["04 72 00 00 00", "69", "+33472000000"],
    ["09 72 12 34 56", "69", "+33972123456"],
    ["0690 12 34 56", "971", "+590690123456"],
    ["0696 12 34 56", "972", "+596696123456"],
    ["0694 12 34 56", "973", "+594694123456"],
    ["0692 12 34 56", "974", "+262692123456"],
    ["055 12 34", "975", "+508551234"],
    ["0690 12 34 56", "977", "+590690123456"],
    ["0690 11 22 33", "978", "+590690112233"],
    ["82 12 34", "986", "+681821234"],
    ["87 12 34 56", "987", "+68987123456"],
    ["75 12 34", "988", "+687751234"],
    ["+33 6 12 34 56 78", "971", "+33612345678"],
    ["\u202a+33\u00a06\u202f12\u200734\u200956\u300078\u202c", "69", "+33612345678"],
    ["06\u201012\u201334\u221256/78", "69", "+33612345678"],
    ["tel:+33(0)6.12.34.56.78", "69", "+33612345678"],
    ["00262 (0) 692 12 34 56", "69", "+262692123456"],
    ["+44 (0)20 7946 0000", "59", "+442079460000"],
    ["+32 470 12 34 56", "59", "+32470123456"],
  ])("%s in département %s is read as %s", (given, departement, number) => {
    expect(phoneOf(given, departement)).toBe(number);
  });

  it.each([
    ["of an island, read as if in Lyon", "0690 12 34 56", "69"],
    ["of Lyon, read as if on an island", "06 12 34 56 78", "971"],
    ["at a premium rate", "0899 12 34 56", "69"],
    ["at a shared cost", "0820 12 34 56", "69"],
    ["free to call", "0800 12 34 56", "69"],
    ["of an emergency service", "112", "69"],
    ["of a short service", "3615", "69"],
    ["one digit short", "06 12 34 56 7", "69"],
    ["with a digit too many", "06 12 34 56 78 9", "69"],
    ["that is no number", "appelez-moi", "69"],
    ["with words around it", "tél. 06 12 34 56 78", "69"],
    ["and a second one", "06 12 34 56 78 ou 07 12 34 56 78", "69"],
  ])("is refused without being repeated in the error: a number %s", (_, phone, departement) => {
    expect(refusalOf({ phone }, { departement })).toEqual(unreachable);
  });

  it.each([
    ["a landline", "04 72 00 00 00", "69"],
    ["an internet line", "09 72 12 34 56", "69"],
    ["an island's landline", "0590 27 12 34", "977"],
  ])("is refused for SMS when it is %s", (_, phone, departement) => {
    expect(refusalOf({ phone }, { departement, mobile: true })).toEqual(noSms);
    expect(phoneOf(phone, departement)).not.toBeNull();
  });

  it("is accepted for SMS when it is a mobile, also one of an overseas territory", () => {
    const mobile = { mobile: true, phoneFor: "the code is to be sent by SMS" };
    expect(checkContact(input({ phone: "06 12 34 56 78" }), needs(mobile)).phone).toBe("+33612345678");
    const island = needs({ ...mobile, departement: "975" });
    expect(checkContact(input({ phone: "055 12 34" }), island).phone).toBe("+508551234");
  });

  it.each([undefined, null, "", "  "])(
    "is required, with the reason in the error, when a grant or the code needs it: %j",
    (phone) => {
      expect(refusalOf({ phone }, { phoneFor: "a grant names PHONE or SMS" })).toEqual(
        invalid("contact.phone is required: a grant names PHONE or SMS."),
      );
    },
  );

  it("is checked even when it is optional", () => {
    expect(refusalOf({ phone: "0899 12 34 56" })).toEqual(unreachable);
  });

  it.each([
    ["976", "YT"],
    ["975", "PM"],
    ["69", "FR"],
    ["2A", "FR"],
    ["", "FR"],
  ])("in département %s is parsed for country %s", (departement, country) => {
    expect(phoneCountryOf(departement)).toBe(country);
  });
});
