/**
 * The cryptographic primitives. Each use has its own key, derived by a label, so that a value made for one use is
 * useless in another.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { randomBytes } from "./random";

const nonceBytes = 12;
const tagBytes = 16;

export const deriveKey = (root: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync("sha256", root, Buffer.alloc(0), `caratlas/${label}`, 32));

/** AES-256-GCM: nonce, tag, ciphertext. `context` is authenticated, so the value opens in no other context. */
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

/** HMAC-SHA-256, to look up values that must not be stored in readable form. */
export const keyedDigest = (key: Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
