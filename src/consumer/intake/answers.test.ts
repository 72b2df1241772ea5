import fc from "fast-check";
import { masked, messages, refused } from "./answers";

describe("masked", () => {
  it.each([
    ["zelie.essai@exemple.example", "z•••@e•••.example"],
    ["a@b.fr", "a•••@b•••.fr"],
    ["zelie@mail.exemple.co.uk", "z•••@m•••.uk"],
    ["+33612345678", "+33 •• •• 78"],
    ["+508551234", "+50 •• •• 34"],
  ])("masks %s as %s", (contact, shown) => {
    expect(masked(contact)).toBe(shown);
  });

  const word = fc.stringMatching(/^[a-z0-9]{1,20}$/);
  const email = fc
    .tuple(
      fc.stringMatching(/^[a-z0-9.+_-]{1,40}$/),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("fr", "com", "example"),
    )
    .map(([local, labels, top]) => ({ local, labels, address: `${local}@${[...labels, top].join(".")}` }));

  it("shows one letter of the local part and one of the domain, but not their lengths", () => {
    fc.assert(
      fc.property(email, ({ local, labels, address }) => {
        const shown = masked(address);
        expect(shown).toMatch(/^.•••@.•••\.[a-z]+$/);
        expect(shown).not.toContain(address);
        if (local.length > 1) expect(shown.split("@")[0]).not.toContain(local);
        for (const label of labels.filter(({ length }) => length > 1)) {
          expect(shown.slice(0, shown.lastIndexOf("."))).not.toContain(label);
        }
      }),
    );
  });

  it("shows five characters of a phone number", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{7,14}$/), (number) => {
        const shown = masked(number).replaceAll(/[ •]/g, "");
        expect(shown).toBe(number.slice(0, 3) + number.slice(-2));
      }),
    );
  });
});

describe("refused", () => {
  it("has a message of complete sentences for each reason", () => {
    const texts = Object.values(messages);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.every((text) => /^[A-Z].*\.$/.test(text))).toBe(true);
  });

  it("carries its reason", () => {
    expect(refused("CODE_EXPIRED")).toEqual({ kind: "REFUSED", reason: "CODE_EXPIRED" });
  });
});
