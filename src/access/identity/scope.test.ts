import type { Principal } from "./principal";
import { principalOf, scopeOf, supplierScopeOf, wholeSupplierOf } from "./scope";
import { keyPrefixOf, tokenKindOf } from "./tokens";

const principal = (change: Partial<Principal>): Principal => ({
  kind: "KEY",
  id: "id",
  consumer: "key:id",
  role: "OPERATOR",
  supplierId: null,
  limits: null,
  origins: [],
  ...change,
});

describe("the name a transaction runs in", () => {
  it("is the supplier's for its people and machines", () => {
    expect(scopeOf(principal({ role: "SUPPLIER_SALES", supplierId: "s" }))).toEqual({
      role: "supplier",
      supplierId: "s",
      limits: null,
    });
    const limits = { sites: ["site"], campaigns: [] };
    expect(scopeOf(principal({ role: "SUPPLIER_SALES", supplierId: "s", limits }))).toMatchObject({ limits });
  });

  it("is the person's for the one behind a lead", () => {
    expect(scopeOf(principal({ kind: "PERSON", role: "CONSUMER", id: "lead" }))).toEqual({
      role: "person",
      leadId: "lead",
    });
  });

  it("is staff's for staff, and next to nobody's for a form site", () => {
    expect(scopeOf(principal({ role: "DPO" }))).toEqual({ role: "staff" });
    expect(scopeOf(principal({ role: "FORM" }))).toEqual({ role: "gate" });
  });

  it("is asked for in vain without a principal, or as a supplier without one", () => {
    expect(() => principalOf({ principal: null })).toThrow("Send a bearer token");
    for (const asked of [supplierScopeOf, wholeSupplierOf])
      expect(() => asked({ principal: principal({}) })).toThrow("Only a supplier's own people and keys");
  });

  it("is the whole supplier's for who is not limited only", () => {
    const free = { principal: principal({ supplierId: "s" }) };
    const limited = { principal: principal({ supplierId: "s", limits: { sites: ["site"], campaigns: [] } }) };
    expect(wholeSupplierOf(free)).toEqual({ role: "supplier", supplierId: "s", limits: null });
    expect(supplierScopeOf(limited).limits).toEqual({ sites: ["site"], campaigns: [] });
    expect(() => wholeSupplierOf(limited)).toThrow("Your access is limited");
  });
});

describe("a bearer token", () => {
  const random = "x".repeat(43);

  it("says what it is by its prefix", () => {
    expect(tokenKindOf(`ca_session_${random}`)).toBe("SESSION");
    expect(tokenKindOf(`ca_person_${random}`)).toBe("PERSON");
    expect(tokenKindOf(`${keyPrefixOf("SUPPLIER_INTEGRATION")}${random}`)).toBe("KEY");
  });

  it.each([
    "",
    "Bearer x",
    random,
    `ca_session_`,
    `ca_form_${random} `,
    `ca_form_${random}\n`,
    "ca_form_é".padEnd(40, "é"),
  ])("is not %j", (text) => {
    expect(tokenKindOf(text)).toBeNull();
  });
});
