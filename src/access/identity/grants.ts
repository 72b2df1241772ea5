/** Which role may grant and revoke which roles. For which supplier is checked in access.service.ts. */
import type { Role } from "./principal";

export type AccessKind = "MEMBER" | "KEY";

const supplierRoles: readonly Role[] = ["SUPPLIER_SALES", "SUPPLIER_INTEGRATION", "SUPPLIER_ADMIN"];
const staffRoles: readonly Role[] = ["OPERATOR", "FINANCE", "DPO", "ADMIN"];

/** FORM is granted to keys only, because form sites are machines. CONSUMER is never granted: people use their link. */
const grantable: Partial<Record<Role, Record<AccessKind, readonly Role[]>>> = {
  SUPPLIER_ADMIN: { MEMBER: supplierRoles, KEY: supplierRoles },
  OPERATOR: { MEMBER: supplierRoles, KEY: [...supplierRoles, "FORM"] },
  ADMIN: { MEMBER: [...supplierRoles, ...staffRoles], KEY: [...supplierRoles, ...staffRoles, "FORM"] },
};

export const isSupplierRole = (role: Role): boolean => supplierRoles.includes(role);

export const mayGrant = (granter: Role, role: Role, kind: AccessKind): boolean =>
  grantable[granter]?.[kind].includes(role) ?? false;
