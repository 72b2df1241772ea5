/**
 * Keys and what is done with them. Each use has a key of its own, derived by label, so that no
 * two uses can be played against each other; a lead's data key is random and wrapped, so that
 * destroying the wrapped key is the erasure.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { randomBytes } from "./random";

const nonceBytes = 12;
const tagBytes = 16;

export const deriveKey = (root: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync("sha256", root, Buffer.alloc(0), `caratlas/${label}`, 32));

/** AES-256-GCM as nonce, tag, ciphertext. `context` is authenticated: sealed here, it opens nowhere else. */
export function seal(key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Throws when the key, the context or a single bit differs. */
export function unseal(key: Buffer, sealed: Buffer, context: string): Buffer {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
}

/** HMAC-SHA-256: for finding again what must not be readable. */
export const keyedDigest = (key: Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** A data key per lead, wrapped by the master key. */
export class Vault {
  private readonly wrappingKey: Buffer;

  constructor(masterKey: Buffer) {
    this.wrappingKey = deriveKey(masterKey, "wrap");
  }

  newKey(owner: string): { key: Buffer; wrapped: Buffer } {
    const key = randomBytes(32);
    return { key, wrapped: seal(this.wrappingKey, key, owner) };
  }

  unwrap(wrapped: Buffer, owner: string): Buffer {
    return unseal(this.wrappingKey, wrapped, owner);
  }
}
