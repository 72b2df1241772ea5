/** The first way in for staff, made beside the API: before it there is nobody who could ask the API for one. */
import type { KeysService } from "../access/identity/keys.service";
import type { MembersService } from "../access/identity/members.service";
import type { Transact } from "../platform/database";
import { randomBytes } from "../platform/random";

export interface NewAdmin {
  readonly email: string;
  readonly name: string;
  /** Who makes it, for the audit. */
  readonly actor: string;
}

export interface Admin {
  readonly email: string;
  readonly password: string;
}

/** A member of the role ADMIN with a random password, which is known nowhere else. CONFLICT: the address is taken. */
export async function createAdmin(
  transact: Transact,
  members: MembersService,
  { email, name, actor }: NewAdmin,
): Promise<Admin> {
  const password = randomBytes(18).toString("base64url");
  const passwordHash = await members.hashPassword(password);
  await transact({ role: "staff" }, (tx) =>
    members.create(tx, { role: "ADMIN", supplierId: null, name, email, passwordHash, actor }),
  );
  return { email, password };
}

/** The token of a new API key of the role ADMIN. */
export async function createAdminKey(transact: Transact, keys: KeysService, actor: string): Promise<string> {
  const key = { role: "ADMIN" as const, label: "demo staff", supplierId: null, origins: [], actor };
  const { token } = await transact({ role: "staff" }, (tx) => keys.create(tx, key));
  return token;
}
