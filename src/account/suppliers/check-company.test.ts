import fc from "fast-check";
import { vatNumberOf } from "../../shared/registration";
import type { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkCompany, type CompanyFacts } from "./check-company";
import { addressSchemes, electronicAddressOf } from "./electronic-address";
import { identifiersOf } from "./identifiers";
import { nationalRegister, plainNumber } from "./registers";

const belgian: CompanyFacts = { country: "BE", vatNumber: "BE 0428.759.497", registerNumber: "0428.759.497" };
const german: CompanyFacts = {
  ...{ country: "DE", vatNumber: "DE136695976", registerNumber: "HRB 12345" },
  registerName: "Handelsregister, Amtsgericht München",
};
const swiss: CompanyFacts = { country: "CH", registerNumber: "CHE-123.456.788" };
const french: CompanyFacts = { siren: "123456782", departement: "976" };
const monegasque: CompanyFacts = {
  country: "MC",
  registerNumber: "12S05678",
  vatNumber: vatNumberOf("000012345"),
};

function faults(facts: CompanyFacts): unknown[] {
  try {
    return [checkCompany(facts)];
  } catch (error) {
    return faultsOf(error as AppError).map(({ field, reason }) => [field, reason]);
  }
}

describe("checkCompany", () => {
  it("takes a company of Belgium, Germany, Switzerland, Monaco or Mayotte by the numbers it has there", () => {
    expect(checkCompany(belgian)).toEqual({
      ...{ country: "BE", siren: null, departement: null, electronicAddress: null },
      ...{ vatNumber: "BE0428759497", registerNumber: "0428759497", registerName: "BCE/KBO" },
    });
    expect(checkCompany(german)).toMatchObject({
      registerNumber: "HRB12345",
      registerName: german.registerName,
    });
    expect(checkCompany(swiss)).toMatchObject({ vatNumber: null, registerNumber: "CHE123456788" });
    expect(checkCompany(monegasque)).toMatchObject({ siren: null, registerName: "RCI Monaco" });
    expect(checkCompany(french)).toMatchObject({ country: "FR", departement: "976", registerNumber: null });
  });

  it.each<[string, CompanyFacts, [string, string][]]>([
    [
      "nothing in France",
      {},
      [
        ["siren", "REQUIRED"],
        ["departement", "REQUIRED"],
      ],
    ],
    [
      "nothing in Belgium",
      { country: "BE" },
      [
        ["vatNumber", "REQUIRED"],
        ["registerNumber", "REQUIRED"],
      ],
    ],
    [
      "nothing in Germany",
      { country: "DE" },
      [
        ["vatNumber", "REQUIRED"],
        ["registerName", "REQUIRED"],
        ["registerNumber", "REQUIRED"],
      ],
    ],
    ["nothing in Switzerland", { country: "CH" }, [["registerNumber", "REQUIRED"]]],
    [
      "nothing in Monaco",
      { country: "MC" },
      [
        ["vatNumber", "REQUIRED"],
        ["registerNumber", "REQUIRED"],
      ],
    ],
    [
      "French numbers abroad",
      { ...belgian, siren: "123456782", departement: "69" },
      [
        ["siren", "NOT_ALLOWED"],
        ["departement", "NOT_ALLOWED"],
      ],
    ],
    [
      "a register of another country in France",
      { ...french, registerNumber: "1", registerName: "x" },
      [
        ["registerName", "NOT_ALLOWED"],
        ["registerNumber", "NOT_ALLOWED"],
      ],
    ],
    ["wrong check digits", { ...german, vatNumber: "DE136695977" }, [["vatNumber", "INVALID"]]],
    [
      "a VAT number of another country",
      { ...german, vatNumber: "ATU13585627" },
      [["vatNumber", "MALFORMED"]],
    ],
    [
      "a number that the register cannot have",
      { ...swiss, registerNumber: "CHE-123.456.789" },
      [["registerNumber", "MALFORMED"]],
    ],
    [
      "a country that does not exist",
      { country: "XX", siren: "1" },
      [
        ["country", "MALFORMED"],
        ["siren", "MALFORMED"],
      ],
    ],
    ["the letters of Northern Ireland", { country: "XI" }, [["country", "MALFORMED"]]],
    ["an overseas département as a country", { ...french, country: "RE" }, [["country", "INVALID"]]],
    [
      "an electronic address of no known scheme",
      { ...french, electronicAddress: { scheme: "9999", value: "" } },
      [
        ["electronicAddress.scheme", "UNKNOWN_VALUE"],
        ["electronicAddress.value", "EMPTY"],
      ],
    ],
  ])("names each fault of %s", (_, facts, expected) => {
    expect(faults(facts)).toEqual(expected);
  });

  it("takes from a French company an address in the directory, and from no other", () => {
    const at = (scheme: string, value: string) => ({ electronicAddress: { scheme, value } });
    const own = at("0225", "123456782_ACHATS");
    expect(checkCompany({ ...french, ...own })).toMatchObject(own);
    expect(faults({ ...french, ...at("0225", "404833048") })).toEqual([
      ["electronicAddress.value", "INVALID"],
    ]);
    expect(faults({ ...french, ...at("0088", "123456782") })).toEqual([
      ["electronicAddress.scheme", "NOT_ALLOWED"],
    ]);
    expect(faults({ ...belgian, ...own })).toEqual([["electronicAddress.scheme", "NOT_ALLOWED"]]);
  });

  it("keeps a SIREN that a company of Monaco or of a collectivity has besides its own number", () => {
    expect(
      checkCompany({ ...monegasque, siren: "123456782", vatNumber: vatNumberOf("123456782") }).siren,
    ).toBe("123456782");
    const noumea = { country: "NC", siren: "123456782", registerNumber: "0123456.001" };
    expect(checkCompany(noumea)).toMatchObject({ siren: "123456782", registerNumber: "0123456001" });
  });

  it("reads what it has written in the same way, whatever the country", () => {
    fc.assert(
      fc.property(fc.constantFrom(belgian, german, swiss, french, monegasque), (facts) => {
        const once = checkCompany(facts);
        expect(checkCompany(once)).toEqual(once);
      }),
    );
  });
});

describe("electronicAddressOf", () => {
  const of = (facts: CompanyFacts) => electronicAddressOf(checkCompany(facts));

  it("is the SIREN in France, and abroad the number by which companies of the country are reached", () => {
    expect(of(french)).toEqual({ scheme: "0225", value: "123456782" });
    expect(of(belgian)).toEqual({ scheme: "0208", value: "0428759497" });
    expect(of(german)).toEqual({ scheme: "9930", value: "DE136695976" });
    expect(of(swiss)).toEqual({ scheme: "0183", value: "CHE123456788" });
    expect(of({ country: "US", registerNumber: "4711", registerName: "Delaware" })).toBeNull();
  });

  it("is the address that was given", () => {
    const electronicAddress = { scheme: "0204", value: "04011000-1234512345-06" };
    expect(of({ ...german, electronicAddress })).toEqual(electronicAddress);
    expect([...addressSchemes].every((scheme) => /^(\d{4}|EM)$/.test(scheme))).toBe(true);
  });
});

describe("identifiersOf", () => {
  it("begins with the number that identifies the company", () => {
    const first = (facts: CompanyFacts) => identifiersOf(checkCompany(facts))[0];
    expect(first(french)).toEqual({ kind: "SIREN", value: "123456782", register: "SIRENE", icd: "0002" });
    expect(first(belgian)).toMatchObject({
      kind: "REGISTER_NUMBER",
      icd: "0208",
    });
    expect(first(german)).toMatchObject({ value: "HRB12345", icd: null });
  });
});

describe("a national register", () => {
  it.each(["BE", "CH", "DK", "EE", "FI", "GB", "LU", "LV", "MC", "NC", "NL", "NO", "PF", "SE"])(
    "can have its own example (%s)",
    (country) => {
      const register = nationalRegister(country);
      expect(register?.has(plainNumber(register.example))).toBe(true);
      expect(register?.has("")).toBe(false);
    },
  );
  it("is not known everywhere", () => {
    expect([nationalRegister("DE"), nationalRegister("constructor")]).toEqual([null, null]);
  });
});
