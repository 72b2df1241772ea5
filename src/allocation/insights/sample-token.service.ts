/**
 * A sample is one missed request that a supplier may ask about, without a name, an id or an instant. It is
 * sealed: it says nothing to who holds it, is of use to one supplier, for one version of one campaign, and not
 * for long. Two samples of the same request have nothing in common.
 */
import { deriveKey, keyedDigest, seal, unseal } from "../../platform/secrets";

export interface Sample {
  readonly supplierId: string;
  readonly campaignId: string;
  readonly version: number;
  readonly leadId: string;
  /** The end of the period that it was drawn from. */
  readonly until: Date;
}

const context = "missed-lead";
const bodyBytes = 3 * 16 + 4 + 8;

export class SampleTokens {
  private readonly key: Buffer;
  private readonly drawKey: Buffer;

  constructor(tokenKey: Buffer) {
    this.key = deriveKey(tokenKey, context);
    this.drawKey = deriveKey(tokenKey, `${context}/draw`);
  }

  write({ supplierId, campaignId, version, leadId, until }: Sample): string {
    const body = Buffer.alloc(bodyBytes);
    [supplierId, campaignId, leadId].forEach((id, index) => bytesOf(id).copy(body, index * 16));
    body.writeUInt32BE(version, 48);
    body.writeBigInt64BE(BigInt(until.getTime()), 52);
    return seal(this.key, body, context).toString("base64url");
  }

  /** Null if it is none of ours, or was altered. Whose it is, and whether in time, is the caller's to ask. */
  read(token: string): Sample | null {
    const bytes = Buffer.from(token, "base64url");
    if (bytes.toString("base64url") !== token) return null;
    try {
      const body = unseal(this.key, bytes, context);
      const [supplierId = "", campaignId = "", leadId = ""] = [0, 16, 32].map((at) => idAt(body, at));
      const until = new Date(Number(body.readBigInt64BE(52)));
      return { supplierId, campaignId, leadId, until, version: body.readUInt32BE(48) };
    } catch {
      return null;
    }
  }

  /** By which the samples of a period are drawn: as if at random, and the same at each call. */
  drawOf({ campaignId, version, leadId, until }: Omit<Sample, "supplierId">): string {
    const text = [campaignId, version, until.toISOString(), leadId].join(" ");
    return keyedDigest(this.drawKey, text).toString("hex");
  }
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

function idAt(body: Buffer, at: number): string {
  const hex = body.toString("hex", at, at + 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
