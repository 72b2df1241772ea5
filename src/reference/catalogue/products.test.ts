import { createHash } from "node:crypto";
import { canonicalJson } from "../../shared/canonical-json";
import { faultsOf } from "./check-product";
import { type FormField, type Product } from "./form";
import { formOf, productFrom } from "./forms-of";
import { productById, products } from "./products";
import { NEW_CAR } from "./products/new-car";

const changed = (change: Partial<Product["form"]>): Product =>
  productFrom({ ...NEW_CAR, forms: [{ ...NEW_CAR.form, ...change }] });
const versions = (...numbers: readonly [number, ...number[]]): Product => {
  const [first, ...rest] = numbers.map((version) => ({ ...NEW_CAR.form, version }));
  if (!first) throw new Error("No version.");
  return productFrom({ ...NEW_CAR, forms: [first, ...rest] });
};
const field = (change: Partial<FormField>): FormField => ({
  id: "doors",
  label: { FR: "Portes", EN: "Doors" },
  type: "NUMBER",
  required: false,
  servesFor: { FR: "Cibler.", EN: "To aim." },
  ...change,
});
const option = (value: string) => ({ value, label: { FR: value, EN: value } });

describe("the products", () => {
  it("are the five on sale, each found by its id", () => {
    expect(products.map(({ id }) => id)).toEqual([
      "NEW_CAR",
      "USED_CAR",
      "LONG_TERM_LEASE",
      "CAR_INSURANCE",
      "TRADE_IN",
    ]);
    for (const product of products) expect(productById(product.id)).toBe(product);
    expect(productById("BOAT")).toBeUndefined();
  });

  it.each(products.map((product) => [product.id, product] as const))("%s has no faults", (_id, product) => {
    expect(faultsOf(product)).toEqual([]);
  });

  it.each(products.map((product) => [product.id, product] as const))(
    "%s declares the legally required statements and its number of seats in both languages",
    (_id, { form, seats }) => {
      for (const { text } of form.declarations) {
        for (const said of [/L\.223-1/, /CNIL/, /six mois|six months/, /lien personnel|personal link/]) {
          expect(text).toMatch(said);
        }
        expect(text).toMatch(/trois d'entre eux au plus|at most three of them/);
      }
      expect(seats).toBe(3);
    },
  );

  it("declare that CarAtlas is no insurer, and ask about neither offences nor health", () => {
    const insurance = productById("CAR_INSURANCE");
    const texts = insurance?.form.declarations.map(({ text }) => text) ?? [];
    expect(texts[0]).toContain("CarAtlas n'est pas assureur");
    expect(texts[1]).toContain("CarAtlas is no insurer");
    expect(JSON.stringify(insurance?.form.fields)).not.toMatch(
      /suspen|infraction|offence|alcool|health|santé/i,
    );
  });

  it("declare that CarAtlas grants no lease or credit, and offer no credit check", () => {
    const lease = productById("LONG_TERM_LEASE");
    for (const { text, purposes } of lease?.form.declarations ?? []) {
      expect(text).toMatch(/n'accorde ni location ni crédit|grants neither lease nor credit/);
      expect(purposes.map(({ purpose }) => purpose)).not.toContain("CREDIT_CHECK");
    }
  });

  it("keep version 1 of the new car form unchanged, because people consented to it", () => {
    const hash = createHash("sha256")
      .update(canonicalJson(formOf(NEW_CAR, 1)))
      .digest("hex");
    expect(hash).toBe("09cfc864854b952e631541f6b6711bfbfb1edc2be21512ae6cbccb96b0de1587");
  });
});

describe("a faulty product", () => {
  const [french, english] = NEW_CAR.form.declarations;
  it.each<[string, Product, string]>([
    ["with another product's form", changed({ product: "BOAT" }), "The form belongs to another product."],
    [
      "without version 1",
      versions(2),
      "The versions of its form must be 1, 2 and so on, oldest first, without gaps.",
    ],
    [
      "with a gap",
      versions(1, 3),
      "The versions of its form must be 1, 2 and so on, oldest first, without gaps.",
    ],
    [
      "with the newest first",
      versions(2, 1),
      "The versions of its form must be 1, 2 and so on, oldest first, without gaps.",
    ],
    [
      "asking an old form",
      { ...versions(1, 2), form: NEW_CAR.form },
      "Its current form must be the newest version.",
    ],
    [
      "showing fewer than it has seats",
      { ...NEW_CAR, recipientsShown: 2 },
      "At least as many suppliers must be shown as there are seats.",
    ],
    [
      "for nothing",
      { ...NEW_CAR, floorCents: 0 },
      "Its price floor must be a whole number of cents, at least 1.",
    ],
    ["with a field twice", changed({ fields: [field({}), field({})] }), "Field doors occurs twice."],
    [
      "with a field without words",
      changed({ fields: [field({ label: { FR: "Portes", EN: "" } })] }),
      "Field doors lacks a text in a language.",
    ],
    [
      "with an impossible range",
      changed({ fields: [field({ min: 5, max: 2 })] }),
      "Field doors has a min that is not below its max.",
    ],
    [
      "with bounds on text",
      changed({ fields: [field({ type: "TEXT", min: 5 })] }),
      "Field doors has bounds but is not a NUMBER.",
    ],
    [
      "with a choice of nothing",
      changed({ fields: [field({ type: "CHOICE" })] }),
      "Field doors has options without being a choice, or is a choice without options.",
    ],
    [
      "with a choice of one",
      changed({ fields: [field({ type: "CHOICE", options: [option("A")] })] }),
      "Field doors has fewer than two options.",
    ],
    [
      "with an option twice",
      changed({ fields: [field({ type: "CHOICE", options: [option("A"), option("A")] })] }),
      "Field doors has an option twice.",
    ],
    [
      "with an option in words",
      changed({ fields: [field({ type: "CHOICE", options: [option("A"), option("b c")] })] }),
      "Field doors has an option that is not in capitals.",
    ],
    [
      "in one language",
      changed({ declarations: french ? [french] : [] }),
      "There must be exactly one declaration in each language.",
    ],
    [
      "offering less in one language",
      changed({
        declarations:
          french && english ? [french, { ...english, purposes: english.purposes.slice(0, 1) }] : [],
      }),
      "The declarations must offer the same purposes in both languages.",
    ],
    ["that nobody can confirm", changed({ confirmBy: [] }), "There must be at least one way to confirm."],
  ])("%s is reported", (_what, product, fault) => {
    const said = faultsOf(product).map((one) => one.replace(/^NEW_CAR: (Version 1: )?/, ""));
    expect(said).toEqual([fault]);
  });
});
