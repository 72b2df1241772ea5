export type * from "./limits";
export type * from "./principal";
export type * from "./context";
export type * from "./json-value";
export type { AuditService } from "./audit.service";
export type { Presence } from "./presence.service";
export type { IdempotencyService, KeyTransact } from "./idempotency.service";
export type { OnceKey } from "./idempotency-key";
export { checkKey, keyReused } from "./idempotency-key";
export { columnsOf, limitsKeyOf, limitsOf, readLimits } from "./limits";
export { roles } from "./principal";
export { roleSets, type RolePermissions } from "./role-sets";
export { remembered } from "./context";
export type { SupplierScope } from "./scope";
export {
  isStaff,
  liveOnly,
  principalOf,
  sandboxOf,
  scopeOf,
  supplierScopeOf,
  unlimited,
  wholeOf,
  wholeSupplierOf,
} from "./scope";
export type { MissingCheck } from "./live-keys";
