/**
 * The keys of one use, by id. New values are made under the current key and name its id; values made under an
 * earlier key stay readable for as long as that key is in the ring. So a key can be replaced without rewriting
 * the data.
 */
import { deriveKey } from "../secrets";

export interface KeyRing {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
}

/** The key of everything that was made before values named their key. */
export const firstKeyId = 1;

/** A ring of a single key, as every installation has it until its first rotation. */
export const ringOf = (key: Buffer): KeyRing => ({
  current: firstKeyId,
  keys: new Map([[firstKeyId, key]]),
});

/** The same ids, each with a key of its own for this use. */
export const deriveRing = ({ current, keys }: KeyRing, label: string): KeyRing => ({
  current,
  keys: new Map([...keys].map(([id, key]) => [id, deriveKey(key, label)])),
});

/** Throws when the ring has no such key: what was made under it cannot be read. */
export function keyOf({ keys }: KeyRing, id: number): Buffer {
  const key = keys.get(id);
  if (!key)
    throw new Error(`Key ${String(id)} is not among this server's keys. Add it to read what it sealed.`);
  return key;
}

export const currentKeyOf = (ring: KeyRing): Buffer => keyOf(ring, ring.current);

/** For names that must stay the same when the current key changes. */
export const oldestKeyOf = (ring: KeyRing): Buffer => keyOf(ring, Math.min(...ring.keys.keys()));

/** The current key's id first, then the others from the newest to the oldest. */
export const idsOf = ({ current, keys }: KeyRing): number[] => [
  current,
  ...[...keys.keys()].filter((id) => id !== current).sort((one, other) => other - one),
];
