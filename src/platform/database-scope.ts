/** The scope of a transaction: its role and its tenant, and the statements that set the tenant. */
import { isId } from "../shared/months";
import type { Clock } from "./clock";

/** The rows of a supplier, or the part of them that one of its members or keys may see. */
export interface SupplierScope {
  readonly role: "supplier";
  readonly supplierId: string;
  /** null means all rows. The field is required, so that nobody gets full access because it was forgotten. */
  readonly limits: { readonly sites: readonly string[]; readonly campaigns: readonly string[] } | null;
}

/** The role of a transaction and the rows that it can see. */
export type Scope =
  | { readonly role: "gate" | "staff" | "worker" | "intake" }
  | SupplierScope
  | { readonly role: "person"; readonly leadId: string }
  /** The rows of a supplier's sandbox. Without a supplier: the rows of all sandboxes, to erase expired ones. */
  | { readonly role: "sandbox"; readonly supplierId: string | null };

/** The clock that `present()` follows in SQL. It is read for each transaction, because a test may move it. */
export type Moved = Pick<Clock, "movedMs">;

/** An id as a quoted literal for the text of a statement. */
export function idLiteral(id: string): string {
  if (!isId(id)) throw new Error("Only an id may be written into a statement.");
  return `'${id}'`;
}

/** The statements that set the tenant of a transaction. A role without a tenant needs none. */
export function setScope(scope: Scope, { movedMs }: Moved): readonly string[] {
  const tenant = tenantOf(scope);
  return movedMs === 0
    ? tenant
    : [...tenant, `SET LOCAL caratlas.present_offset = '${Math.round(movedMs)} ms'`];
}

function tenantOf(scope: Scope): readonly string[] {
  if (scope.role === "supplier") return asSupplier(scope);
  if (scope.role === "sandbox" && scope.supplierId !== null)
    return [setting("supplier_id", scope.supplierId)];
  if (scope.role === "person") return [setting("lead_id", scope.leadId)];
  return [];
}

function asSupplier({ supplierId, limits }: SupplierScope): string[] {
  const supplier = setting("supplier_id", supplierId);
  // Empty lists must be set as well, because a missing setting means no limit.
  return limits === null
    ? [supplier]
    : [supplier, settings("sites", limits.sites), settings("campaigns", limits.campaigns)];
}

function setting(name: string, id: string): string {
  // The value is inlined in the statement, so it must be an id and nothing else.
  if (!isId(id)) throw new Error(`Not an id: a transaction cannot be entered for this ${name}.`);
  return `SET LOCAL caratlas.${name} = '${id}'`;
}

function settings(name: string, ids: readonly string[]): string {
  if (!ids.every(isId)) throw new Error(`Not ids: a transaction cannot be entered for these ${name}.`);
  return `SET LOCAL caratlas.${name} = '{${ids.join(",")}}'`;
}
