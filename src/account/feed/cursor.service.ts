/**
 * Writes and reads feed cursors. A cursor names a supplier, an epoch of its feed and a position, and means "every
 * event up to here". It is signed, so it cannot be forged or used on another supplier's feed. Restoring the database
 * to an earlier point in time changes the epoch; cursors of an older epoch are refused, because they would silently
 * skip or repeat events.
 */
import type { KeyRing } from "../../platform/sealed/key-ring";
import { Layout } from "../../platform/sealed/layout";
import { SignedTokens } from "../../platform/sealed/tokens";
import { AppError, invalid } from "../../shared/errors";

const layout = new Layout({ supplierId: "id", epoch: "id", position: "integer" });

export class Cursors {
  private readonly tokens: SignedTokens;

  constructor(
    tokenKeys: KeyRing,
    private readonly epoch: string,
  ) {
    const signed = (payload: Buffer): string => payload.toString("latin1");
    this.tokens = new SignedTokens(tokenKeys, "cursor", { macBytes: 16, signed });
  }

  write(supplierId: string, position: number): string {
    return this.tokens.sign(layout.write({ supplierId, epoch: this.epoch, position }));
  }

  /** Returns the position. Throws when the cursor does not belong to this supplier's feed. */
  read(supplierId: string, cursor: string): number {
    const payload = this.tokens.open(cursor);
    const named = payload && layout.read(payload);
    if (named?.supplierId !== supplierId) {
      throw invalid("This is not a cursor of your feed. Pass a cursor back exactly as you received it.");
    }
    if (named.epoch !== this.epoch) {
      throw new AppError(
        "CONFLICT",
        "The feed was restored to an earlier point since this cursor was given. Read on without a cursor, from your last acknowledged position, and expect events you may have seen.",
      );
    }
    return named.position;
  }
}
