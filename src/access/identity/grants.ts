/** Who may hand out, and take back, which access. Whose supplier it is for is checked beside it. */
import type { Role } from "./principal";

export type AccessKind = "MEMBER" | "KEY";

const supplierRoles: readonly Role[] = ["SUPPLIER_SALES", "SUPPLIER_INTEGRATION", "SUPPLIER_ADMIN"];
const staffRoles: readonly Role[] = ["OPERATOR", "FINANCE", "DPO", "ADMIN"];

/** Form sites are machines: they have keys, never members. A person gets in by their personal link only. */
const grantable: Partial<Record<Role, Record<AccessKind, readonly Role[]>>> = {
  SUPPLIER_ADMIN: { MEMBER: supplierRoles, KEY: supplierRoles },
  OPERATOR: { MEMBER: supplierRoles, KEY: [...supplierRoles, "FORM"] },
  ADMIN: { MEMBER: [...supplierRoles, ...staffRoles], KEY: [...supplierRoles, ...staffRoles, "FORM"] },
};

export const isSupplierRole = (role: Role): boolean => supplierRoles.includes(role);

export const mayGrant = (granter: Role, role: Role, kind: AccessKind): boolean =>
  grantable[granter]?.[kind].includes(role) ?? false;
