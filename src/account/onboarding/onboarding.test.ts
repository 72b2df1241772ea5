import { checkRegisterEntry } from "./check-register-entry";
import { isSameName, missingSteps, stepsOf, type OnboardingFacts, type RegisterCheck } from "./onboarding";
import { readViesAnswer } from "./vies";

const at = (day: number): Date => new Date(Date.UTC(2026, 10, day));
const check = (
  kind: RegisterCheck["kind"],
  number: string,
  changes: Partial<RegisterCheck> = {},
): RegisterCheck => ({
  ...{ kind, number, valid: true, source: "VIES", reference: "WAPIAAAA", name: "GARAGE ESSAI" },
  ...{ checkedAt: at(1), checkedBy: "staff", ...changes },
});
const facts: OnboardingFacts = {
  siren: "000000018",
  vatNumber: "FR12000000018",
  ...{ registerNumber: null, registerName: null, billingCountry: "FR" },
  asksForCredit: false,
  termsInForce: { version: "2026-11", url: null },
  checks: [check("VAT", "FR12000000018"), check("SIREN", "000000018")],
  acceptances: [{ version: "2026-11", acceptedAt: at(2), acceptedBy: "admin" }],
  waiver: null,
};
const missing = (changes: Partial<OnboardingFacts>, isRegulated = false) =>
  missingSteps(stepsOf({ ...facts, ...changes }, isRegulated)).map(({ step }) => step);

describe("stepsOf", () => {
  it("has every step done once the numbers were checked and the terms accepted", () => {
    expect(stepsOf(facts, false)).toEqual([
      { step: "SIREN", doneAt: at(1), todo: null },
      { step: "VAT", doneAt: at(1), todo: null },
      { step: "TERMS", doneAt: at(2), todo: null },
    ]);
  });

  it.each<[string, Partial<OnboardingFacts>, boolean, string[]]>([
    ["nothing yet", { checks: [], acceptances: [] }, false, ["SIREN", "VAT", "TERMS"]],
    ["no VAT number", { vatNumber: null, checks: [check("SIREN", "000000018")] }, false, []],
    [
      "numbers that have changed since",
      { siren: "000000026", vatNumber: "FR39000000026" },
      false,
      ["SIREN", "VAT"],
    ],
    ["older terms", { termsInForce: { version: "2027-01", url: null } }, false, ["TERMS"]],
    ["insurance", {}, true, ["ORIAS"]],
    ["people's credit", { asksForCredit: true }, false, ["ORIAS"]],
    ["insurance and a number", { checks: [...facts.checks, check("ORIAS", "12345678")] }, true, []],
    [
      "a newer check that found nothing",
      { checks: [check("VAT", "FR12000000018", { valid: false }), ...facts.checks] },
      false,
      ["VAT"],
    ],
    [
      "a waiver",
      { checks: [], acceptances: [], waiver: { reason: "x", waivedAt: at(3), waivedBy: "staff" } },
      true,
      [],
    ],
  ])("lists the missing steps with %s", (_, changes, isRegulated, steps) => {
    expect(missing(changes, isRegulated)).toEqual(steps);
  });

  const belgian: Partial<OnboardingFacts> = {
    ...{ siren: null, registerNumber: "0428759497", registerName: "BCE/KBO", billingCountry: "BE" },
    ...{ vatNumber: "BE0428759497", checks: [check("REGISTER", "0428759497", { source: "STAFF" })] },
  };
  const vies = check("VAT", "BE0428759497");
  const bySwiss = { ...belgian, billingCountry: "CH", vatNumber: "CHE123456788" };

  it("requires the register of its country abroad, and in the EU the VAT number by VIES itself", () => {
    const byHand = check("VAT", "BE0428759497", { source: "STAFF" });
    const register = belgian.checks ?? [];
    expect(missing(belgian)).toEqual(["VAT"]);
    expect(missing({ ...belgian, checks: [byHand, ...register] })).toEqual(["VAT"]);
    expect(missing({ ...belgian, checks: [vies, ...register] })).toEqual([]);
    expect(missing({ ...belgian, checks: [vies] })).toEqual(["REGISTER"]);
    expect(missing(bySwiss)).toEqual([]);
    expect(missing({ ...bySwiss, checks: [] })).toEqual(["REGISTER"]);
  });

  it("counts what staff found for a French VAT number, because its VAT does not depend on VIES", () => {
    const byHand = check("VAT", "FR12000000018", { source: "STAFF" });
    expect(missing({ checks: [byHand, check("SIREN", "000000018")] })).toEqual([]);
    expect(missing({ ...belgian, siren: "000000018", registerNumber: null, checks: [vies] })).toEqual([
      "SIREN",
    ]);
  });

  it("says what to do, and that the register does not have a number", () => {
    const [step] = missingSteps(
      stepsOf({ ...facts, checks: [check("SIREN", "000000018", { valid: false })] }, false),
    );
    expect(step?.todo).toContain("the register does not have 000000018: correct it");
    expect(step?.todo).toContain("recordRegisterCheck");
  });

  it("compares names without case, accents, punctuation and legal form", () => {
    expect(isSameName("SAS Garage de l'Étoile", "GARAGE DE L ETOILE SAS")).toBe(true);
    expect(isSameName("Garage Étoile", "Garage Lune")).toBe(false);
    expect(isSameName("SARL", "SAS")).toBe(false);
  });
});

describe("checkRegisterEntry", () => {
  const entry = { kind: "ORIAS" as const, number: "12 345 678", valid: true, reference: "GED 12" };
  it("accepts only the supplier's own number, and requires where the extract is kept", () => {
    expect(checkRegisterEntry(entry, facts)).toMatchObject({ number: "12345678", name: null });
    expect(checkRegisterEntry({ ...entry, kind: "SIREN", number: "000 000 018" }, facts).number).toBe(
      "000000018",
    );
    expect(() => checkRegisterEntry({ ...entry, number: "123" }, facts)).toThrow("eight digits");
    expect(() => checkRegisterEntry({ ...entry, kind: "VAT", number: "FR1" }, facts)).toThrow(
      "not the supplier's VAT number",
    );
    expect(() => checkRegisterEntry({ ...entry, reference: " " }, facts)).toThrow(
      "reference must be one line",
    );
  });
});

describe("readViesAnswer", () => {
  it("returns whether the number is valid, with the proof", () => {
    const body = { valid: true, requestIdentifier: "WAPIAAAA", name: "GARAGE", address: "---" };
    expect(readViesAnswer(200, body)).toEqual({
      valid: true,
      reference: "WAPIAAAA",
      name: "GARAGE",
      proof: body,
    });
    expect(readViesAnswer(200, { valid: false, name: "---", userError: "INVALID" })).toMatchObject({
      valid: false,
      name: null,
    });
  });

  it.each<[string, number, unknown, string]>([
    ["an error of a member state", 500, { errorWrappers: [{ error: "MS_UNAVAILABLE" }] }, "MS_UNAVAILABLE"],
    [
      "an error in an answer",
      200,
      { valid: false, userError: "MS_MAX_CONCURRENT_REQ" },
      "MS_MAX_CONCURRENT_REQ",
    ],
    ["an error without a name", 400, { errorWrappers: [null] }, "without a name"],
    ["nothing", 503, null, "status 503"],
    ["neither yes nor no", 200, { valid: "true" }, "no answer in it"],
  ])("throws for %s", (_, status, body, reason) => {
    expect(() => readViesAnswer(status, body)).toThrow(reason);
  });
});
