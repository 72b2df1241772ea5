/** Sets of roles, from which each module's permissions.ts says who may use which root field. */
import type { Role } from "./principal";

/** Root field -> the roles that may use it, or "PUBLIC". */
export type Permissions = Readonly<Record<string, readonly Role[] | "PUBLIC">>;

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
  /** Those of a supplier who may hold its secrets. */
  supplierMachines: ["SUPPLIER_INTEGRATION", "SUPPLIER_ADMIN"],
  operatorsAndFinance: ["OPERATOR", "FINANCE", "ADMIN"],
  /** Those who may look into decisions about a person's request. */
  auditors: ["OPERATOR", "DPO", "ADMIN"],
  formReaders: [...form, ...supplier, ...staff],
  /** Those who hand out access; grants.ts says which access each of them may hand out. */
  granters: [...supplierAdmin, ...operators],
} satisfies Record<string, readonly Role[]>;
