import { isSupplierRole, mayGrant } from "./grants";
import { roles } from "./principal";

describe("mayGrant", () => {
  it("lets a supplier's administrator grant only the roles of suppliers", () => {
    for (const kind of ["MEMBER", "KEY"] as const) {
      expect(roles.filter((role) => mayGrant("SUPPLIER_ADMIN", role, kind))).toEqual(
        roles.filter(isSupplierRole),
      );
    }
  });

  it("lets operators grant the roles of suppliers and FORM keys, but no staff role", () => {
    expect(roles.filter((role) => mayGrant("OPERATOR", role, "MEMBER"))).toEqual(
      roles.filter(isSupplierRole),
    );
    expect(roles.filter((role) => mayGrant("OPERATOR", role, "KEY"))).toEqual(
      roles.filter((role) => role === "FORM" || isSupplierRole(role)),
    );
  });

  it("lets administrators grant every role except CONSUMER", () => {
    expect(roles.filter((role) => !mayGrant("ADMIN", role, "KEY"))).toEqual(["CONSUMER"]);
    expect(roles.filter((role) => !mayGrant("ADMIN", role, "MEMBER"))).toEqual(["FORM", "CONSUMER"]);
  });

  it("lets no other role grant anything", () => {
    const others = roles.filter((role) => !["SUPPLIER_ADMIN", "OPERATOR", "ADMIN"].includes(role));
    const granted = others.flatMap((granter) =>
      roles.filter((role) => mayGrant(granter, role, "KEY") || mayGrant(granter, role, "MEMBER")),
    );
    expect(granted).toEqual([]);
  });
});
