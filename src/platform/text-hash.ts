import { createHash } from "node:crypto";

/** SHA-256 in hex, by which a consent refers to a text. Use it only for published texts. */
export const hashOfText = (text: string): string => createHash("sha256").update(text).digest("hex");
