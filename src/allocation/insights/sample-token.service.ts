/**
 * A sample is one missed request that a supplier may ask about, without a name, an id or an instant. Its token is
 * sealed, so it tells its holder nothing. It serves one supplier, for one version of one campaign and for a short
 * time. Two tokens of the same request have nothing in common.
 */
import { deriveKey, keyedDigest } from "../../platform/secrets";
import { currentKeyOf, type KeyRing } from "../../platform/sealed/key-ring";
import { Layout } from "../../platform/sealed/layout";
import { SealedTokens } from "../../platform/sealed/tokens";

export interface Sample {
  readonly supplierId: string;
  readonly campaignId: string;
  readonly version: number;
  readonly leadId: string;
  /** The end of the period it was drawn from. */
  readonly until: Date;
}

const purpose = "missed-lead";
const layout = new Layout({
  supplierId: "id",
  campaignId: "id",
  leadId: "id",
  version: "uint32",
  until: "time",
});

export class SampleTokens {
  private readonly tokens: SealedTokens;
  private readonly drawKey: Buffer;

  constructor(tokenKeys: KeyRing) {
    this.tokens = new SealedTokens(tokenKeys, purpose);
    this.drawKey = deriveKey(currentKeyOf(tokenKeys), `${purpose}/draw`);
  }

  write(sample: Sample): string {
    return this.tokens.seal(layout.write({ ...sample }));
  }

  /** Null when it is not one of ours or was altered. The caller checks whose it is and whether it is in time. */
  read(token: string): Sample | null {
    const payload = this.tokens.open(token);
    return payload && layout.read(payload);
  }

  /** Orders the requests of a period as if at random, and the same way at each call. */
  drawOf({ campaignId, version, leadId, until }: Omit<Sample, "supplierId">): string {
    const text = [campaignId, version, until.toISOString(), leadId].join(" ");
    return keyedDigest(this.drawKey, text).toString("hex");
  }
}
