/**
 * Validates the input for a new member or API key: whether the caller may grant the role, for which supplier, and
 * all faults of the other values at once. Whether sites and campaigns belong to the supplier is limits.service.ts.
 */
import { AppError, invalid, notFound } from "../../shared/errors";
import { checkAll, checkTogether } from "../../shared/faults";
import { isId } from "../../shared/months";
import { checkEmail, checkLine, checkOrigins, checkPassword } from "./credentials";
import { isSupplierRole, mayGrant, type AccessKind } from "./grants";
import { readLimits, type LimitsInput } from "./limits";
import { checkWaiver } from "./live-keys";
import type { Limits, Principal, Role } from "./principal";
import { isStaff } from "./scope";

export interface AccessInput {
  readonly role: Role;
  /** Defaults to the caller's own supplier. */
  readonly supplierId?: string | null;
}

export interface KeyInput extends AccessInput, LimitsInput {
  readonly label: string;
  readonly origins?: readonly string[] | null;
  /** Defaults to LIVE. */
  readonly environment?: "LIVE" | "SANDBOX" | null;
  /** The reason for which staff grant a live key before the go-live checks have passed. */
  readonly waiveGoLive?: string | null;
}

export interface MemberInput extends AccessInput, LimitsInput {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

interface Granted {
  /** null for staff and forms. */
  readonly supplierId: string | null;
  readonly limits: Limits | null;
}

export function checkNewMember(by: Principal, input: MemberInput): Granted {
  checkMayGrant(by, input.role, "MEMBER");
  const [{ supplierId }, limits] = checkTogether(
    () =>
      checkAll({
        supplierId: () => supplierIdOf(by, input),
        name: () => checkLine("name", input.name),
        email: () => checkEmail(input.email),
        password: () => checkPassword(input.password),
      }),
    () => readLimits(input.role, input),
  );
  return { supplierId, limits };
}

export function checkNewKey(by: Principal, input: KeyInput): Granted & { readonly origins: string[] } {
  checkMayGrant(by, input.role, "KEY");
  const [{ supplierId, origins }, limits] = checkTogether(
    () =>
      checkAll({
        supplierId: () => supplierIdOf(by, input),
        label: () => checkLine("label", input.label),
        origins: () => originsOf(input),
        environment: () => {
          checkEnvironment(input);
        },
        waiveGoLive: () => {
          checkWaiverOf(by, input);
        },
      }),
    () => readLimits(input.role, input),
  );
  return { supplierId, origins, limits };
}

export function checkMayGrant(by: Principal, role: Role, kind: AccessKind): void {
  if (by.sandbox)
    throw new AppError("FORBIDDEN", "A sandbox key cannot manage access. Sign in, or use a live key.");
  if (mayGrant(by.role, role, kind)) return;
  const what = kind === "KEY" ? "keys" : "members";
  throw new AppError("FORBIDDEN", `The role ${by.role} may not manage ${what} of the role ${role}.`);
}

function supplierIdOf(by: Principal, { role, supplierId }: AccessInput): string | null {
  const asked = supplierId ?? null;
  if (isSupplierRole(role)) return checkSupplierId(by, asked ?? by.supplierId);
  if (asked === null) return null;
  throw invalid(`supplierId: the role ${role} belongs to no supplier. Leave it out.`, {
    reason: "NOT_ALLOWED",
  });
}

function checkSupplierId(by: Principal, supplierId: string | null): string {
  if (supplierId === null)
    throw invalid("supplierId is required for the roles of a supplier.", { reason: "REQUIRED" });
  const isOthers = by.supplierId !== null && by.supplierId !== supplierId;
  if (isOthers || !isId(supplierId)) throw notFound("supplier");
  return supplierId;
}

function originsOf({ role, origins }: KeyInput): string[] {
  const asked = origins ?? [];
  if (asked.length > 0 && role !== "FORM")
    throw invalid("origins: only FORM keys have them. Leave them out.", { reason: "NOT_ALLOWED" });
  return checkOrigins(asked);
}

const notOfSuppliers = "environment and waiveGoLive apply to keys of suppliers. Leave them out.";

function checkEnvironment({ role, environment }: KeyInput): void {
  if (environment !== "SANDBOX" || isSupplierRole(role)) return;
  throw invalid(notOfSuppliers, { reason: "NOT_ALLOWED" });
}

function checkWaiverOf(by: Principal, { role, environment, waiveGoLive }: KeyInput): void {
  if (waiveGoLive == null) return;
  if (!isSupplierRole(role)) throw invalid(notOfSuppliers, { reason: "NOT_ALLOWED" });
  if (environment === "SANDBOX")
    throw invalid("waiveGoLive: a sandbox key needs no checks. Leave it out.", { reason: "NOT_ALLOWED" });
  checkWaiver(waiveGoLive, isStaff(by.role));
}
