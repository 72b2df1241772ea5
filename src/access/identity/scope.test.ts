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

describe("scopeOf and its checks", () => {
  it("returns the supplier's scope, with limits, for its members and keys", () => {
    expect(scopeOf(principal({ role: "SUPPLIER_SALES", supplierId: "s" }))).toEqual({
      role: "supplier",
      supplierId: "s",
      limits: null,
    });
    const limits = { sites: ["site"], campaigns: [] };
    expect(scopeOf(principal({ role: "SUPPLIER_SALES", supplierId: "s", limits }))).toMatchObject({ limits });
  });

  it("returns the person's scope for the person behind a lead", () => {
    expect(scopeOf(principal({ kind: "PERSON", role: "CONSUMER", id: "lead" }))).toEqual({
      role: "person",
      leadId: "lead",
    });
  });

  it("returns the staff scope for staff and the gate scope for form sites", () => {
    expect(scopeOf(principal({ role: "DPO" }))).toEqual({ role: "staff" });
    expect(scopeOf(principal({ role: "FORM" }))).toEqual({ role: "gate" });
  });

  it("throws without a principal, and for a supplier's scope without a supplier", () => {
    expect(() => principalOf({ principal: null })).toThrow("Send a bearer token");
    for (const asked of [supplierScopeOf, wholeSupplierOf])
      expect(() => asked({ principal: principal({}) })).toThrow("Only members and keys of a supplier");
  });

  it("returns the whole supplier only for principals without limits", () => {
    const free = { principal: principal({ supplierId: "s" }) };
    const limited = { principal: principal({ supplierId: "s", limits: { sites: ["site"], campaigns: [] } }) };
    expect(wholeSupplierOf(free)).toEqual({ role: "supplier", supplierId: "s", limits: null });
    expect(supplierScopeOf(limited).limits).toEqual({ sites: ["site"], campaigns: [] });
    expect(() => wholeSupplierOf(limited)).toThrow("Your access is limited");
  });
});

describe("tokenKindOf", () => {
  const random = "x".repeat(43);

  it("recognises tokens by their prefix", () => {
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
  ])("returns null for %j", (text) => {
    expect(tokenKindOf(text)).toBeNull();
  });
});
