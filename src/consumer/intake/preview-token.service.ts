/**
 * The token of a preview binds the need, the place, the recipients shown and the declaration, and limits the time
 * to submit. It is sealed, not only signed, because the need may hold a person's own words. Nothing of a preview
 * is stored.
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

  /** The caller checks whether the preview is still in time. */
  read(token: string): Preview {
    const payload = this.tokens.open(token);
    if (payload) return JSON.parse(payload.toString()) as Preview;
    throw invalid(
      "The preview token is not one of ours, or was altered. Pass the token of previewRecipients exactly as you received it.",
    );
  }
}
