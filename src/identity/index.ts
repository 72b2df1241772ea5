export type * from "./principal";
export type * from "./context";
export type * from "./json-value";
export type { AuditService } from "./audit.service";
export type { IdempotencyService } from "./idempotency.service";
export { roles } from "./principal";
export { remembered } from "./context";
export { isStaff, liveOnly, principalOf, sandboxOf, scopeOf, supplierOf } from "./scope";
export type { MissingCheck } from "./live-keys";
