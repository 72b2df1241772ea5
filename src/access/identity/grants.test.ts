import { isSupplierRole, mayGrant } from "./grants";
import { roles } from "./principal";

describe("handing out access", () => {
  it("lets a supplier's administrator grant suppliers' roles only", () => {
    for (const kind of ["MEMBER", "KEY"] as const) {
      expect(roles.filter((role) => mayGrant("SUPPLIER_ADMIN", role, kind))).toEqual(
        roles.filter(isSupplierRole),
      );
    }
  });

  it("lets operators grant suppliers' roles, and form sites their keys, but nothing of staff", () => {
    expect(roles.filter((role) => mayGrant("OPERATOR", role, "MEMBER"))).toEqual(
      roles.filter(isSupplierRole),
    );
    expect(roles.filter((role) => mayGrant("OPERATOR", role, "KEY"))).toEqual(
      roles.filter((role) => role === "FORM" || isSupplierRole(role)),
    );
  });

  it("lets administrators grant everything but a person's own access", () => {
    expect(roles.filter((role) => !mayGrant("ADMIN", role, "KEY"))).toEqual(["CONSUMER"]);
    expect(roles.filter((role) => !mayGrant("ADMIN", role, "MEMBER"))).toEqual(["FORM", "CONSUMER"]);
  });

  it("lets nobody else grant anything", () => {
    const others = roles.filter((role) => !["SUPPLIER_ADMIN", "OPERATOR", "ADMIN"].includes(role));
    const granted = others.flatMap((granter) =>
      roles.filter((role) => mayGrant(granter, role, "KEY") || mayGrant(granter, role, "MEMBER")),
    );
    expect(granted).toEqual([]);
  });
});
