/**
 * The token of a personal link. It is derived from the lead id and not stored, so a repeated call returns the same
 * token, and a copy of the database contains none.
 */
import type { KeyRing } from "../../platform/sealed/key-ring";
import { Layout } from "../../platform/sealed/layout";
import { SignedTokens } from "../../platform/sealed/tokens";

const layout = new Layout({ leadId: "id" });

export class PersonTokens {
  private readonly tokens: SignedTokens;

  constructor(tokenKeys: KeyRing) {
    const signed = (payload: Buffer): string => layout.read(payload)?.leadId ?? "";
    this.tokens = new SignedTokens(tokenKeys, "person", { prefix: "ca_person_", macBytes: 24, signed });
  }

  write(leadId: string): string {
    return this.tokens.sign(layout.write({ leadId }));
  }

  /** Returns the id of the lead, or null when the token is invalid. */
  read(token: string): string | null {
    const payload = this.tokens.open(token);
    return (payload && layout.read(payload)?.leadId) ?? null;
  }
}
