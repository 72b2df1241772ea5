/** Named sets of roles, from which the permissions.ts of each module is written. */
import type { Role } from "./principal";

/** Root field -> the roles that may use it, or "PUBLIC". */
export type RolePermissions = Readonly<Record<string, readonly Role[] | "PUBLIC">>;

const form: readonly Role[] = ["FORM"];
const consumer: readonly Role[] = ["CONSUMER"];
const supplier: readonly Role[] = ["SUPPLIER_SALES", "SUPPLIER_INTEGRATION", "SUPPLIER_ADMIN"];
const supplierAdmin: readonly Role[] = ["SUPPLIER_ADMIN"];
const operators: readonly Role[] = ["OPERATOR", "ADMIN"];
const finance: readonly Role[] = ["FINANCE", "ADMIN"];
const dataProtection: readonly Role[] = ["DPO", "ADMIN"];
const staff: readonly Role[] = ["OPERATOR", "FINANCE", "DPO", "ADMIN"];

export const roleSets = {
  form,
  consumer,
  supplier,
  supplierAdmin,
  operators,
  finance,
  dataProtection,
  staff,
  /** The roles of a supplier that may hold its secrets. */
  supplierMachines: ["SUPPLIER_INTEGRATION", "SUPPLIER_ADMIN"],
  operatorsAndFinance: ["OPERATOR", "FINANCE", "ADMIN"],
  /** The roles that may inspect the decisions about a person's request. */
  auditors: ["OPERATOR", "DPO", "ADMIN"],
  formReaders: [...form, ...supplier, ...staff],
  /** The roles that grant access; grants.ts says which roles each of them may grant. */
  granters: [...supplierAdmin, ...operators],
} satisfies Record<string, readonly Role[]>;
