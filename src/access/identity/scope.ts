/** In whose name a principal's transactions run. Row-level security does the rest. */
import { AppError } from "../../shared/errors";
import type { Limits, Principal, Role } from "./principal";

/** A supplier's rows, or those that somebody of it may see. Services are given this, never a supplier's id alone. */
export interface SupplierScope {
  readonly role: "supplier";
  readonly supplierId: string;
  readonly limits: Limits | null;
}

type PrincipalScope =
  { readonly role: "gate" | "staff" } | SupplierScope | { readonly role: "person"; readonly leadId: string };

type Asked = { readonly principal: Principal | null };

const staffRoles: ReadonlySet<Role> = new Set<Role>(["OPERATOR", "FINANCE", "DPO", "ADMIN"]);

export const isStaff = (role: Role): boolean => staffRoles.has(role);

export function scopeOf(principal: Principal): PrincipalScope {
  const { supplierId, limits } = principal;
  // eslint-disable-next-line no-restricted-syntax -- here, and only here, a supplier's scope is made
  if (supplierId !== null) return { role: "supplier", supplierId, limits };
  if (principal.kind === "PERSON") return { role: "person", leadId: principal.id };
  return { role: isStaff(principal.role) ? "staff" : "gate" };
}

/** For resolvers behind the permission table: there is a principal, or the door was left open. */
export function principalOf(context: Asked): Principal {
  if (context.principal) return context.principal;
  throw new AppError("UNAUTHENTICATED", "Send a bearer token: Authorization: Bearer ….");
}

/** What the supplier's own people and machines may see, each as far as they are limited. */
export function supplierScopeOf(context: Asked): SupplierScope {
  const scope = scopeOf(principalOf(context));
  if (scope.role === "supplier") return scope;
  throw new AppError("FORBIDDEN", "Only a supplier's own people and keys may ask this.");
}

/** All of a supplier's rows, in work that is the supplier's own and that nobody of it asks for at this moment. */
export function wholeOf(supplierId: string): SupplierScope {
  // eslint-disable-next-line no-restricted-syntax -- here, and only here, a supplier's scope is made
  return { role: "supplier", supplierId, limits: null };
}

/** For what concerns the supplier as a whole: who is limited may not ask it at all. */
export function wholeSupplierOf(context: Asked): SupplierScope {
  const scope = supplierScopeOf(context);
  if (scope.limits === null) return scope;
  throw new AppError(
    "FORBIDDEN",
    "Your access is limited to some sites or campaigns, and this concerns your company as a whole. Ask somebody without limits, or your administrator to lift yours.",
  );
}

/** The sandbox whose key asks. */
export function sandboxOf(context: { readonly principal: Principal | null }): string {
  if (principalOf(context).sandbox) return supplierScopeOf(context).supplierId;
  throw new AppError(
    "FORBIDDEN",
    "Events are made on demand in the sandbox only. Ask with a key made with environment SANDBOX.",
  );
}

/** For what is about real people and real suppliers: a sandbox has no part in it. */
export function liveOnly({ principal }: { readonly principal: Principal | null }): void {
  if (!principal?.sandbox) return;
  throw new AppError(
    "FORBIDDEN",
    "The sandbox is in no market, so there is nothing to say of it. Ask with a live key.",
  );
}
