/**
 * Signs consent receipts, which suppliers can verify offline with the public key at /.well-known/jwks.json. A
 * receipt is a compact JWS (RFC 7515) signed with Ed25519 (RFC 8037).
 */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";
import type { ContactChannel, Language } from "../../reference/catalogue";

/** Contains no personal data: it identifies the delivery, not the person. */
export interface ReceiptStatement {
  readonly leadId: string;
  readonly supplierId: string;
  readonly supplierName: string;
  readonly channels: readonly ContactChannel[];
  readonly givenAt: string;
  readonly formVersion: number;
  readonly language: Language;
  readonly textHash: string;
  readonly seat: number;
  readonly seats: number;
  readonly matchedAt: string;
}

export class ReceiptSigner {
  private readonly key: KeyObject;
  private readonly publicJwk: { kty?: string; crv?: string; x?: string };
  private readonly keyId: string;

  constructor(
    privateKeyDer: Buffer,
    /** A function, because the public URL is known only once the server listens. */
    private readonly issuer: () => string,
  ) {
    this.key = createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" });
    const { kty, crv, x } = createPublicKey(this.key).export({ format: "jwk" });
    this.publicJwk = { kty, crv, x };
    // The key id is the JWK thumbprint (RFC 7638), so the same key has the same id everywhere.
    this.keyId = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
  }

  sign(statement: ReceiptStatement): string {
    const header = { alg: "EdDSA", typ: "JWT", kid: this.keyId };
    const payload = {
      iss: this.issuer(),
      sub: statement.leadId,
      iat: Math.floor(Date.parse(statement.matchedAt) / 1000),
      purpose: "TRANSMIT",
      ...statement,
    };
    const content = `${encode(header)}.${encode(payload)}`;
    return `${content}.${sign(null, Buffer.from(content), this.key).toString("base64url")}`;
  }

  /** The JSON Web Key Set to publish. */
  publicKeys(): { keys: object[] } {
    return { keys: [{ ...this.publicJwk, kid: this.keyId, use: "sig", alg: "EdDSA" }] };
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
