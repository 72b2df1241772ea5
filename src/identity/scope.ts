/** In whose name a principal's transactions run. Row-level security does the rest. */
import { AppError } from "../shared/errors";
import type { Principal, Role } from "./principal";

type PrincipalScope =
  | { readonly role: "gate" | "staff" }
  | { readonly role: "supplier"; readonly supplierId: string }
  | { readonly role: "person"; readonly leadId: string };

const staffRoles: ReadonlySet<Role> = new Set<Role>(["OPERATOR", "FINANCE", "DPO", "ADMIN"]);

export const isStaff = (role: Role): boolean => staffRoles.has(role);

export function scopeOf(principal: Principal): PrincipalScope {
  if (principal.supplierId !== null) return { role: "supplier", supplierId: principal.supplierId };
  if (principal.kind === "PERSON") return { role: "person", leadId: principal.id };
  return { role: isStaff(principal.role) ? "staff" : "gate" };
}

/** For resolvers behind the permission table: there is a principal, or the door was left open. */
export function principalOf(context: { readonly principal: Principal | null }): Principal {
  if (context.principal) return context.principal;
  throw new AppError("UNAUTHENTICATED", "Send a bearer token: Authorization: Bearer ….");
}

/** The supplier in whose name its own people and machines ask. */
export function supplierOf(context: { readonly principal: Principal | null }): string {
  const { supplierId } = principalOf(context);
  if (supplierId !== null) return supplierId;
  throw new AppError("FORBIDDEN", "Only a supplier's own people and keys may ask this.");
}

/** The sandbox whose key asks. */
export function sandboxOf(context: { readonly principal: Principal | null }): string {
  if (principalOf(context).sandbox) return supplierOf(context);
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
