/** Derives from a principal the scope of its transactions, which row-level security enforces. */
import { AppError } from "../../shared/errors";
import type { Limits, Principal, Role } from "./principal";

/** A supplier with the limits of the caller. Services take this instead of a bare supplier id. */
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

/** Returns the principal, or throws UNAUTHENTICATED. The permission table makes sure of one unless a field is PUBLIC. */
export function principalOf(context: Asked): Principal {
  if (context.principal) return context.principal;
  throw new AppError("UNAUTHENTICATED", "Send a bearer token: Authorization: Bearer ….");
}

/** The scope of a supplier's member or key, with its limits. Throws FORBIDDEN for everybody else. */
export function supplierScopeOf(context: Asked): SupplierScope {
  const scope = scopeOf(principalOf(context));
  if (scope.role === "supplier") return scope;
  throw new AppError("FORBIDDEN", "Only members and keys of a supplier may use this.");
}

/** The scope of a whole supplier, for background work on its behalf that no principal requests. */
export function wholeOf(supplierId: string): SupplierScope {
  // eslint-disable-next-line no-restricted-syntax -- here, and only here, a supplier's scope is made
  return { role: "supplier", supplierId, limits: null };
}

/** The scope for fields that concern the whole supplier. Throws FORBIDDEN for limited principals. */
export const wholeSupplierOf = (context: Asked): SupplierScope => unlimited(supplierScopeOf(context));

/** Returns the scope of staff or of a whole supplier. Throws FORBIDDEN when the scope is a part of a supplier. */
export function unlimited<T extends { readonly role: string; readonly limits?: Limits | null }>(scope: T): T {
  if (!scope.limits) return scope;
  throw new AppError(
    "FORBIDDEN",
    "Your access is limited to some sites or campaigns, and this concerns your company as a whole. Ask somebody without limits, or your administrator to lift yours.",
  );
}

/** Returns the supplier id of the sandbox whose key is used. Throws FORBIDDEN for every other principal. */
export function sandboxOf(context: { readonly principal: Principal | null }): string {
  if (principalOf(context).sandbox) return supplierScopeOf(context).supplierId;
  throw new AppError(
    "FORBIDDEN",
    "Events can be created on demand only in the sandbox. Use a key created with environment SANDBOX.",
  );
}

/** Throws FORBIDDEN for sandbox keys, on fields about real people and real suppliers. */
export function liveOnly({ principal }: { readonly principal: Principal | null }): void {
  if (!principal?.sandbox) return;
  throw new AppError(
    "FORBIDDEN",
    "This is not available in the sandbox, which takes no part in the market. Use a live key.",
  );
}
