/** What a server asks a database before it works on it: which epoch its feeds are in, and whether its keys fit. */
import type { Transact } from "./database";
import { InstallationEntity } from "./installation.entity";
import { currentKeyOf, type KeyRing } from "./sealed/key-ring";
import { deriveKey, keyedDigest, sameBytes } from "./secrets";

/** The feed's epoch. Throws when the database was sealed with other keys: going on would mix two sets. */
export async function checkInstallation(
  transact: Transact,
  keys: { masterKey: KeyRing; indexKey: KeyRing; tokenKey: KeyRing },
): Promise<string> {
  const roots = [keys.masterKey, keys.indexKey, keys.tokenKey].map(currentKeyOf);
  const check = keyedDigest(deriveKey(Buffer.concat(roots), "check"), "caratlas");
  return transact({ role: "worker" }, async (tx) => {
    await tx.query("UPDATE installation SET key_check = $1 WHERE key_check IS NULL", [check]);
    const row = await tx.findOneByOrFail(InstallationEntity, { id: true });
    if (row.keyCheck && sameBytes(row.keyCheck, check)) return row.feedEpoch;
    throw new Error(
      "This database was sealed with other keys than MASTER_KEY, INDEX_KEY and TOKEN_KEY (or than keys.json in DATA_DIR). Start with the keys it was made with.",
    );
  });
}
