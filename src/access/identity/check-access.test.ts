import { AppError } from "../../shared/errors";
import { checkNewKey, checkNewMember } from "./check-access";
import type { Principal, Role } from "./principal";

const supplierId = "0199a000-0000-7000-8000-00000000000a";
const caller = (role: Role, own: string | null): Principal => ({
  ...{ kind: "KEY", id: "k", consumer: "key:k", role, supplierId: own, limits: null, origins: [] },
});
const admin = caller("ADMIN", null);
const boss = caller("SUPPLIER_ADMIN", supplierId);

const member = { role: "SUPPLIER_SALES", name: "Ana", email: "Ana@garage.example" } as const;
const password = "une phrase assez longue";

function faultsOf(check: () => unknown): unknown[] {
  try {
    check();
  } catch (error) {
    if (error instanceof AppError)
      return (error.details.faults ?? []).map(({ field, reason }) => [field, reason]);
  }
  return [];
}

describe("checkNewMember", () => {
  it("takes the caller's own supplier by default", () => {
    expect(checkNewMember(boss, { ...member, password })).toEqual({ supplierId, limits: null });
  });

  it("finds every fault at once", () => {
    const wrong = { ...member, name: " ", email: "ana", password: "short", siteIds: [], campaignIds: [] };
    expect(faultsOf(() => checkNewMember(admin, wrong))).toEqual([
      ["supplierId", "REQUIRED"],
      ["name", "EMPTY"],
      ["email", "MALFORMED"],
      ["password", "OUT_OF_RANGE"],
      ["siteIds", "EMPTY"],
      ["campaignIds", "EMPTY"],
    ]);
  });

  it("refuses a role that the caller may not grant before it looks at the rest", () => {
    expect(() => checkNewMember(boss, { ...member, role: "OPERATOR", name: "", password })).toThrow(
      "may not manage members",
    );
  });
});

describe("checkNewKey", () => {
  const key = { role: "SUPPLIER_INTEGRATION", supplierId, label: "CRM" } as const;

  it("removes duplicate origins of a form key", () => {
    const origins = ["https://a.example", "https://a.example"];
    expect(checkNewKey(admin, { role: "FORM", label: "site", origins })).toEqual({
      ...{ supplierId: null, limits: null, origins: ["https://a.example"] },
    });
  });

  it("finds every fault at once", () => {
    const wrong = { ...key, label: "a\nb", origins: ["https://a.example"], waiveGoLive: " " };
    expect(faultsOf(() => checkNewKey(admin, wrong))).toEqual([
      ["label", "MALFORMED"],
      ["origins", "NOT_ALLOWED"],
      ["waiveGoLive", "EMPTY"],
    ]);
    const form = {
      role: "FORM",
      label: "",
      origins: ["x", "https://b.example/"],
      environment: "SANDBOX",
    } as const;
    expect(faultsOf(() => checkNewKey(admin, form))).toEqual([
      ["label", "EMPTY"],
      ["origins[0]", "MALFORMED"],
      ["origins[1]", "MALFORMED"],
      ["environment", "NOT_ALLOWED"],
    ]);
  });

  it("lets only staff waive the checks, and only for a live key", () => {
    expect(faultsOf(() => checkNewKey(boss, { ...key, waiveGoLive: "x" }))).toEqual([
      ["waiveGoLive", "NOT_ALLOWED"],
    ]);
    const sandbox = { ...key, environment: "SANDBOX", waiveGoLive: "x" } as const;
    expect(faultsOf(() => checkNewKey(admin, sandbox))).toEqual([["waiveGoLive", "NOT_ALLOWED"]]);
  });
});
