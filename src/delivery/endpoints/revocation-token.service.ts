/**
 * The token of an acknowledge link. It is sealed and says nothing to who holds it; it serves one answer about one
 * lead, in the name of one supplier, by one endpoint, and not for ever.
 */
import { deriveKey, seal, unseal } from "../../platform/secrets";

export interface RevocationLink {
  readonly endpointId: string;
  readonly supplierId: string;
  readonly leadId: string;
  readonly expiresAt: Date;
}

const context = "revocation-link";
const prefix = "ca_retrait_";
const bodyBytes = 3 * 16 + 8;

export class RevocationTokens {
  private readonly key: Buffer;

  constructor(tokenKey: Buffer) {
    this.key = deriveKey(tokenKey, context);
  }

  write({ endpointId, supplierId, leadId, expiresAt }: RevocationLink): string {
    const body = Buffer.alloc(bodyBytes);
    [endpointId, supplierId, leadId].forEach((id, index) => bytesOf(id).copy(body, index * 16));
    body.writeBigInt64BE(BigInt(expiresAt.getTime()), 48);
    return prefix + seal(this.key, body, context).toString("base64url");
  }

  /** Null if it is none of ours, was altered, or has expired. */
  read(token: string, at: Date): RevocationLink | null {
    const text = token.startsWith(prefix) ? token.slice(prefix.length) : "";
    const bytes = Buffer.from(text, "base64url");
    // Other spellings of the same bytes are not the same token.
    if (text === "" || bytes.toString("base64url") !== text) return null;
    const link = this.opened(bytes);
    return link && at < link.expiresAt ? link : null;
  }

  private opened(bytes: Buffer): RevocationLink | null {
    try {
      const body = unseal(this.key, bytes, context);
      const [endpointId = "", supplierId = "", leadId = ""] = [0, 16, 32].map((at) => idAt(body, at));
      return { endpointId, supplierId, leadId, expiresAt: new Date(Number(body.readBigInt64BE(48))) };
    } catch {
      return null;
    }
  }
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

function idAt(body: Buffer, at: number): string {
  const hex = body.toString("hex", at, at + 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
