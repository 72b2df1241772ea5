/**
 * The token of a preview: it binds need, place, recipients shown and declaration, and bounds the time
 * to submit. It is sealed, not only signed, because the need may hold a person's own words; nothing
 * of a preview is stored.
 */
import { deriveKey, seal, unseal } from "../../platform/secrets";
import { invalid } from "../../shared/errors";
import type { Preview } from "./preview";

const context = "preview";

export class PreviewTokens {
  private readonly key: Buffer;

  constructor(tokenKey: Buffer) {
    this.key = deriveKey(tokenKey, context);
  }

  write(preview: Preview): string {
    return seal(this.key, Buffer.from(JSON.stringify(preview)), context).toString("base64url");
  }

  /** Whether it is still in time is the caller's question. */
  read(token: string): Preview {
    try {
      return JSON.parse(unseal(this.key, Buffer.from(token, "base64url"), context).toString()) as Preview;
    } catch {
      throw invalid(
        "The preview token is not one of ours, or was altered. Pass the token of previewRecipients exactly as you received it.",
      );
    }
  }
}
