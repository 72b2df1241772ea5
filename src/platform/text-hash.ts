import { createHash } from "node:crypto";

/** SHA-256, hex: what a consent refers to when it refers to a text. Only ever of published texts. */
export const hashOfText = (text: string): string => createHash("sha256").update(text).digest("hex");
