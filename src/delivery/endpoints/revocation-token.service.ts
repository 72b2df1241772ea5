/**
 * The token of an acknowledge link. It is sealed, so it tells its holder nothing. It allows one answer about one
 * lead, on behalf of one supplier, through one endpoint, until it expires.
 */
import type { KeyRing } from "../../platform/sealed/key-ring";
import { Layout } from "../../platform/sealed/layout";
import { SealedTokens } from "../../platform/sealed/tokens";

export interface RevocationLink {
  readonly endpointId: string;
  readonly supplierId: string;
  readonly leadId: string;
  readonly expiresAt: Date;
}

const layout = new Layout({ endpointId: "id", supplierId: "id", leadId: "id", expiresAt: "time" });

export class RevocationTokens {
  private readonly tokens: SealedTokens;

  constructor(tokenKeys: KeyRing) {
    this.tokens = new SealedTokens(tokenKeys, "revocation-link", "ca_retrait_");
  }

  write(link: RevocationLink): string {
    return this.tokens.seal(layout.write({ ...link }));
  }

  /** Null when it is not one of ours, was altered, or has expired. */
  read(token: string, at: Date): RevocationLink | null {
    const payload = this.tokens.open(token);
    const link = payload && layout.read(payload);
    return link && at < link.expiresAt ? link : null;
  }
}
