/**
 * Tokens that only this server can make: `k<key id>.<base64url>`, after a prefix where the token has one. Tokens
 * from before ids were written have no `k1.` and count as tokens of key 1, so links and cursors that are already
 * out stay valid. A token is bound to its purpose: for another purpose it does not open.
 *
 * SealedTokens hide their payload, and no two tokens are alike. SignedTokens show theirs, and the same payload
 * always gives the same token.
 */
import { keyedDigest, sameBytes, seal, unseal } from "../secrets";
import { currentKeyOf, deriveRing, firstKeyId, type KeyRing } from "./key-ring";

export class SealedTokens {
  private readonly ring: KeyRing;

  constructor(
    ring: KeyRing,
    private readonly purpose: string,
    private readonly prefix = "",
  ) {
    this.ring = deriveRing(ring, purpose);
  }

  seal(payload: Buffer): string {
    const bytes = seal(currentKeyOf(this.ring), payload, this.purpose);
    return write(this.prefix, this.ring.current, bytes);
  }

  /** The payload, or null when the token is not one of ours, was altered, or its key is gone. */
  open(token: string): Buffer | null {
    const { key, bytes } = read(this.prefix, token, this.ring) ?? {};
    if (!key || !bytes) return null;
    try {
      return unseal(key, bytes, this.purpose);
    } catch {
      return null;
    }
  }
}

export interface SignedTokenOptions {
  readonly prefix?: string;
  readonly macBytes: number;
  /** What is signed for a payload. */
  readonly signed: (payload: Buffer) => string;
}

export class SignedTokens {
  private readonly ring: KeyRing;

  constructor(
    ring: KeyRing,
    purpose: string,
    private readonly options: SignedTokenOptions,
  ) {
    this.ring = deriveRing(ring, purpose);
  }

  sign(payload: Buffer): string {
    const bytes = Buffer.concat([payload, this.macOf(currentKeyOf(this.ring), payload)]);
    return write(this.options.prefix ?? "", this.ring.current, bytes);
  }

  /** The payload, or null when the token is not one of ours, was altered, or its key is gone. */
  open(token: string): Buffer | null {
    const { macBytes, prefix = "" } = this.options;
    const { key, bytes } = read(prefix, token, this.ring) ?? {};
    if (!key || !bytes || bytes.length < macBytes) return null;
    const payload = bytes.subarray(0, bytes.length - macBytes);
    return sameBytes(bytes.subarray(payload.length), this.macOf(key, payload)) ? payload : null;
  }

  private macOf(key: Buffer, payload: Buffer): Buffer {
    return keyedDigest(key, this.options.signed(payload)).subarray(0, this.options.macBytes);
  }
}

const named = /^k([1-9]\d{0,4})\.(.+)$/;

const write = (prefix: string, keyId: number, bytes: Buffer): string =>
  `${prefix}k${String(keyId)}.${bytes.toString("base64url")}`;

function read(prefix: string, token: string, { keys }: KeyRing): { key: Buffer; bytes: Buffer } | null {
  if (!token.startsWith(prefix)) return null;
  const text = token.slice(prefix.length);
  const [, id = String(firstKeyId), encoded = text] = named.exec(text) ?? [];
  const key = keys.get(Number(id));
  const bytes = Buffer.from(encoded, "base64url");
  // Another spelling of the same bytes is not the same token.
  return key && bytes.toString("base64url") === encoded ? { key, bytes } : null;
}
