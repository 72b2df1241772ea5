/**
 * A cursor says "everything up to here": which supplier's feed, which epoch of it, which position.
 * It is authenticated, so that nobody makes one up and none works on another supplier's feed. After
 * a restore to an earlier point in time the epoch is changed, and old cursors say so instead of
 * skipping or repeating in silence.
 */
import { AppError, invalid } from "../../shared/errors";
import { deriveKey, keyedDigest, sameBytes } from "../../platform/secrets";

const macBytes = 16;
const bodyBytes = 16 + 16 + 8;

export class Cursors {
  private readonly key: Buffer;

  constructor(
    tokenKey: Buffer,
    private readonly epoch: string,
  ) {
    this.key = deriveKey(tokenKey, "cursor");
  }

  write(supplierId: string, position: number): string {
    const body = Buffer.alloc(bodyBytes);
    bytesOf(supplierId).copy(body, 0);
    bytesOf(this.epoch).copy(body, 16);
    body.writeBigUInt64BE(BigInt(position), 32);
    return Buffer.concat([body, this.mac(body)]).toString("base64url");
  }

  /** The position it names. Throws when it is not a cursor of this supplier's feed. */
  read(supplierId: string, cursor: string): number {
    const bytes = Buffer.from(cursor, "base64url");
    const body = bytes.subarray(0, bodyBytes);
    const whole = bytes.length === bodyBytes + macBytes && bytes.toString("base64url") === cursor;
    if (
      !whole ||
      !sameBytes(bytes.subarray(bodyBytes), this.mac(body)) ||
      !body.subarray(0, 16).equals(bytesOf(supplierId))
    ) {
      throw invalid("This is not a cursor of your feed. Pass a cursor back exactly as you received it.");
    }
    if (!body.subarray(16, 32).equals(bytesOf(this.epoch))) {
      throw new AppError(
        "CONFLICT",
        "The feed was restored to an earlier point since this cursor was given. Read on without a cursor, from your last acknowledged position, and expect events you may have seen.",
      );
    }
    return Number(body.readBigUInt64BE(32));
  }

  private mac(body: Buffer): Buffer {
    return keyedDigest(this.key, body.toString("latin1")).subarray(0, macBytes);
  }
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
