/** Creates the first staff access without the API, because nobody can sign in to ask the API for it. */
import type { KeysService } from "../access/identity/keys.service";
import type { MembersService } from "../access/identity/members.service";
import type { Transact } from "../platform/database";
import { randomBytes } from "../platform/random";

export interface NewAdmin {
  readonly email: string;
  readonly name: string;
  /** Who creates it, for the audit record. */
  readonly actor: string;
}

export interface Admin {
  readonly email: string;
  readonly password: string;
}

/** Creates an ADMIN member with a random password, which is not stored. Throws CONFLICT if the address is in use. */
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

/** Creates an API key of role ADMIN and returns its token. */
export async function createAdminKey(transact: Transact, keys: KeysService, actor: string): Promise<string> {
  const key = { role: "ADMIN" as const, label: "demo staff", supplierId: null, origins: [], actor };
  const { token } = await transact({ role: "staff" }, (tx) => keys.create(tx, key));
  return token;
}
