/** Checks at the start that the server's keys fit the database, and reads the epoch of the feeds. */
import type { Transact } from "./database";
import { InstallationEntity } from "./installation.entity";
import { firstKeyId, idsOf, keyOf, type KeyRing } from "./sealed/key-ring";
import { deriveKey, keyedDigest, sameBytes } from "./secrets";

interface RootKeys {
  readonly masterKey: KeyRing;
  readonly indexKey: KeyRing;
  readonly tokenKey: KeyRing;
}

interface KeyCheck {
  /** The ids of the three keys. */
  readonly ids: readonly number[];
  readonly bytes: Buffer;
}

/**
 * Returns the epoch of the feeds. Throws when the database was sealed with keys that this server does not have,
 * because writing would mix two sets of keys. After a rotation it stores a new check, so that a server without the
 * new keys refuses to start, even while other servers still seal with the old ones.
 */
export async function checkInstallation(transact: Transact, keys: RootKeys): Promise<string> {
  const known = checksOf(keys);
  const [current] = known;
  return transact({ role: "worker" }, async (tx) => {
    await tx.query("UPDATE installation SET key_check = $1 WHERE key_check IS NULL", [current.bytes]);
    const { keyCheck, feedEpoch } = await tx.findOneByOrFail(InstallationEntity, { id: true });
    const found = known.find(({ bytes }) => keyCheck !== null && sameBytes(keyCheck, bytes));
    if (!found) {
      throw new Error(
        "This database was sealed with other keys than MASTER_KEY, INDEX_KEY and TOKEN_KEY (or than keys.json in DATA_DIR). Start with the keys it was made with.",
      );
    }
    const isLater = found.ids.every((id, n) => id <= (current.ids[n] ?? id));
    if (found !== current && isLater)
      await tx.query("UPDATE installation SET key_check = $1", [current.bytes]);
    return feedEpoch;
  });
}

/** The check of the current keys, then those of all other combinations, because the rings rotate one by one. */
function checksOf({ masterKey, indexKey, tokenKey }: RootKeys): [KeyCheck, ...KeyCheck[]] {
  const rings = [masterKey, indexKey, tokenKey];
  const combinations = rings.reduce<number[][]>(
    (all, ring) => all.flatMap((ids) => idsOf(ring).map((id) => [...ids, id])),
    [[]],
  );
  const checkOf = (ids: readonly number[]): KeyCheck => {
    const roots = rings.map((ring, n) => rootOf(ring, ids[n] ?? ring.current));
    return { ids, bytes: keyedDigest(deriveKey(Buffer.concat(roots), "check"), "caratlas") };
  };
  const [, ...others] = combinations;
  return [checkOf(rings.map(({ current }) => current)), ...others.map(checkOf)];
}

/** With its id, so that a key that was given another id is refused. Key 1 stands alone, as before keys had ids. */
function rootOf(ring: KeyRing, id: number): Buffer {
  const key = keyOf(ring, id);
  return id === firstKeyId ? key : Buffer.concat([Buffer.from(`${String(id)}:`), key]);
}
