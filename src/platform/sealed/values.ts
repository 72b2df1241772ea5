/**
 * Values for the database. What is sealed, and what is found again by a keyed digest, is stored beside the id of
 * its key. A lookup therefore asks for the digest under each key of the ring.
 */
import { keyedDigest, sameBytes, seal, unseal } from "../secrets";
import { currentKeyOf, deriveRing, idsOf, keyOf, type KeyRing } from "./key-ring";

export interface SealedValue {
  readonly keyId: number;
  readonly sealed: Buffer;
}

export class SealedValues {
  private readonly ring: KeyRing;

  constructor(ring: KeyRing, label: string) {
    this.ring = deriveRing(ring, label);
  }

  /** `context` says where the value belongs: it opens nowhere else. */
  seal(plain: Buffer, context: string): SealedValue {
    return { keyId: this.ring.current, sealed: seal(currentKeyOf(this.ring), plain, context) };
  }

  /** Throws when the key, the context or a single bit differs. */
  open({ keyId, sealed }: SealedValue, context: string): Buffer {
    return unseal(keyOf(this.ring, keyId), sealed, context);
  }
}

export interface KeyedDigest {
  readonly keyId: number;
  readonly digest: Buffer;
}

export class KeyedDigests {
  private readonly ring: KeyRing;

  constructor(ring: KeyRing, label: string) {
    this.ring = deriveRing(ring, label);
  }

  /** For a new row. */
  of(text: string): KeyedDigest {
    return this.under(this.ring.current, text);
  }

  /** For a lookup: under each key of the ring, the current one first. */
  all(text: string): [KeyedDigest, ...KeyedDigest[]] {
    const earlier = idsOf(this.ring).slice(1);
    return [this.of(text), ...earlier.map((keyId) => this.under(keyId, text))];
  }

  matches({ keyId, digest }: KeyedDigest, text: string): boolean {
    return sameBytes(digest, this.under(keyId, text).digest);
  }

  private under(keyId: number, text: string): KeyedDigest {
    return { keyId, digest: keyedDigest(keyOf(this.ring, keyId), text) };
  }
}

export const bytesOf = (digests: readonly KeyedDigest[]): Buffer[] => digests.map(({ digest }) => digest);
