/**
 * The token of a personal link. It is derived, not stored: the same request always has the same one,
 * so an idempotent answer can repeat it, and no copy of the database gives one away.
 */
import { deriveKey, keyedDigest, sameBytes } from "../../platform/secrets";

const prefix = "ca_person_";
const macBytes = 24;

export class PersonTokens {
  private readonly key: Buffer;

  constructor(tokenKey: Buffer) {
    this.key = deriveKey(tokenKey, "person");
  }

  write(leadId: string): string {
    return prefix + Buffer.concat([bytesOf(leadId), this.mac(leadId)]).toString("base64url");
  }

  /** The lead it belongs to, or null if it is not one of ours. */
  read(token: string): string | null {
    const bytes = Buffer.from(token.slice(prefix.length), "base64url");
    if (!token.startsWith(prefix) || bytes.length !== 16 + macBytes) return null;
    const hex = bytes.toString("hex", 0, 16);
    const leadId = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join("-");
    return sameBytes(bytes.subarray(16), this.mac(leadId)) ? leadId : null;
  }

  private mac(leadId: string): Buffer {
    return keyedDigest(this.key, leadId).subarray(0, macBytes);
  }
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
