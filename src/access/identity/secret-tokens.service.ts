/** Creates and hashes bearer tokens. 32 random bytes cannot be guessed, so a fast hash is enough. */
import { createHash } from "node:crypto";
import { randomBytes } from "../../platform/random";

export const newToken = (prefix: string): string => prefix + randomBytes(32).toString("base64url");

export const tokenHashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
