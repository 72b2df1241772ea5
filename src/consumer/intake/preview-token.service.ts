/**
 * Seals and opens preview tokens. A token contains the need, the place, the recipients shown and the declaration, and
 * expires, so that nothing of a preview has to be stored. It is encrypted, not only signed, because the need may
 * contain free text.
 */
import type { KeyRing } from "../../platform/sealed/key-ring";
import { SealedTokens } from "../../platform/sealed/tokens";
import { invalid } from "../../shared/errors";
import type { Preview } from "./preview";

export class PreviewTokens {
  private readonly tokens: SealedTokens;

  constructor(tokenKeys: KeyRing) {
    this.tokens = new SealedTokens(tokenKeys, "preview");
  }

  write(preview: Preview): string {
    return this.tokens.seal(Buffer.from(JSON.stringify(preview)));
  }

  /** Does not check whether the preview has expired; the caller does. */
  read(token: string): Preview {
    const payload = this.tokens.open(token);
    if (payload) return JSON.parse(payload.toString()) as Preview;
    throw invalid(
      "The preview token is not one of ours, or was altered. Pass the token of previewRecipients exactly as you received it.",
      { reason: "MALFORMED", field: "token" },
    );
  }
}
