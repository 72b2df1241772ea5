/** Checks at the start that the server's keys fit the database, and reads the epoch of the feeds. */
import type { Transact } from "./database";
import { InstallationEntity } from "./installation.entity";
import { idsOf, keyOf, type KeyRing } from "./sealed/key-ring";
import { deriveKey, keyedDigest, sameBytes } from "./secrets";

interface RootKeys {
  readonly masterKey: KeyRing;
  readonly indexKey: KeyRing;
  readonly tokenKey: KeyRing;
}

/**
 * Returns the epoch of the feeds. Throws when the database was sealed with keys that this server does not have,
 * because writing would mix two sets of keys. After a rotation it stores a new check, so that a server without the
 * new keys refuses to start.
 */
export async function checkInstallation(transact: Transact, keys: RootKeys): Promise<string> {
  const known = checksOf(keys);
  return transact({ role: "worker" }, async (tx) => {
    await tx.query("UPDATE installation SET key_check = $1 WHERE key_check IS NULL", [known[0]]);
    const { keyCheck, feedEpoch } = await tx.findOneByOrFail(InstallationEntity, { id: true });
    const found = known.findIndex((check) => keyCheck !== null && sameBytes(keyCheck, check));
    if (found > 0) await tx.query("UPDATE installation SET key_check = $1", [known[0]]);
    if (found >= 0) return feedEpoch;
    throw new Error(
      "This database was sealed with other keys than MASTER_KEY, INDEX_KEY and TOKEN_KEY (or than keys.json in DATA_DIR). Start with the keys it was made with.",
    );
  });
}

/** The check of the current keys, then those of all other combinations, because the rings rotate one by one. */
function checksOf({ masterKey, indexKey, tokenKey }: RootKeys): Buffer[] {
  const combinations = [masterKey, indexKey, tokenKey].reduce<Buffer[]>(
    (roots, ring) => roots.flatMap((root) => idsOf(ring).map((id) => Buffer.concat([root, keyOf(ring, id)]))),
    [Buffer.alloc(0)],
  );
  return combinations.map((roots) => keyedDigest(deriveKey(roots, "check"), "caratlas"));
}
