import type { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkSite, checkSupplier, type SupplierFacts } from "./check-supplier";

const facts = (change: Partial<SupplierFacts> = {}): SupplierFacts => ({
  name: "Garage des Tilleuls SAS",
  siren: "123456782",
  street: "1 rue des Tilleuls",
  postcode: "69003",
  city: "Lyon",
  departement: "69",
  ...change,
});

const french = { siren: "123456782", country: "FR" };

describe("checkSupplier", () => {
  it("accepts a supplier without the optional fields", () => {
    expect(checkSupplier(facts())).toEqual({
      ...facts(),
      country: "FR",
      ...{ vatNumber: null, registerNumber: null, registerName: null, electronicAddress: null },
      creditAgencies: [],
      groupLabel: null,
    });
  });

  it("normalises numbers written as registers print them", () => {
    const checked = checkSupplier(
      facts({ siren: "123 456 782", vatNumber: "fr 11 123456782", name: "  Garage " }),
    );
    expect(checked).toMatchObject({ siren: "123456782", vatNumber: "FR11123456782", name: "Garage" });
  });

  it("removes duplicate credit agencies", () => {
    expect(checkSupplier(facts({ creditAgencies: ["A", " A", "B"] })).creditAgencies).toEqual(["A", "B"]);
  });

  it.each<[string, Partial<SupplierFacts>]>([
    ["siren must be", { siren: "123456789" }],
    ["vatNumber does not belong", { vatNumber: "FR12123456782" }],
    ["postcode must be", { postcode: "6900" }],
    ["departement must be", { departement: "20" }],
    ["departement must be", { departement: "99" }],
    ["departement must be", { departement: "1" }],
    ["name must be", { name: " " }],
    ["street must be", { street: "x".repeat(201) }],
    ["city must be", { city: "Lyon\nFrance" }],
    ["groupLabel must be", { groupLabel: "" }],
    ["creditAgencies must be", { creditAgencies: [""] }],
    ["creditAgencies: at most", { creditAgencies: Array.from({ length: 21 }, String) }],
  ])("refuses with an error that begins %j", (message, change) => {
    expect(() => checkSupplier(facts(change))).toThrow(message);
  });

  it.each(["01", "19", "2A", "2B", "21", "69", "95", "971", "976", "977", "978", "984", "986", "988"])(
    "accepts the département or collectivity %s",
    (departement) => {
      expect(checkSupplier(facts({ departement })).departement).toBe(departement);
    },
  );
});

describe("checkSupplier and checkSite", () => {
  const fieldsOf = (check: () => unknown): unknown[] => {
    try {
      return [check()];
    } catch (error) {
      return faultsOf(error as AppError).map(({ field, reason }) => [field, reason]);
    }
  };

  it("name every fault at once", () => {
    const wrong = facts({ name: "", siren: "1", vatNumber: "FR1", postcode: "1", creditAgencies: ["A", ""] });
    expect(fieldsOf(() => checkSupplier(wrong))).toEqual([
      ["name", "EMPTY"],
      ["siren", "MALFORMED"],
      ["postcode", "MALFORMED"],
      ["creditAgencies[1]", "EMPTY"],
    ]);
    const site = { name: " ", siret: "1", street: "x\ny", postcode: "", city: "x".repeat(201) };
    expect(fieldsOf(() => checkSite(site, french))).toEqual([
      ["name", "EMPTY"],
      ["siret", "MALFORMED"],
      ["street", "MALFORMED"],
      ["postcode", "MALFORMED"],
      ["city", "TOO_LONG"],
    ]);
  });
});

describe("checkSite", () => {
  const site = {
    name: "Lyon 3",
    siret: "12345678200010",
    street: "1 rue A",
    postcode: "69003",
    city: "Lyon",
  };

  it("requires a SIRET that begins with the supplier's SIREN", () => {
    expect(checkSite(site, french)).toEqual({ ...site, country: "FR" });
    expect(() => checkSite(site, { ...french, siren: "404833048" })).toThrow(
      "begin with the supplier's own SIREN",
    );
  });

  it("has no SIRET abroad, and one in France also for a supplier abroad", () => {
    const { siret: _, ...namur } = { ...site, postcode: "B-5000" };
    const belgian = { siren: null, country: "BE" };
    expect(checkSite(namur, belgian)).toEqual({ ...namur, siret: null, country: "BE" });
    expect(checkSite({ ...site, country: "FR" }, belgian).siret).toBe(site.siret);
    expect(() => checkSite(site, belgian)).toThrow("siret is for sites in France");
    expect(() => checkSite({ ...namur, postcode: "69003" }, french)).toThrow("siret is required");
  });

  it("refuses a SIRET with a wrong check digit", () => {
    expect(() => checkSite({ ...site, siret: "12345678200011" }, french)).toThrow("siret must be");
  });
});
