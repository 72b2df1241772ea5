/**
 * The keys that the server works with. Outside production, a key that is not given is generated and kept. The first
 * three may hold several keys, so that they can be replaced (decision 42).
 */
import { about, keyRing, optional, signingKey } from "./kinds";

const randomKey = "openssl rand -base64 32";
const randomSigningKey = "openssl genpkey -algorithm ed25519 -outform DER | base64 -w0";
const missing = `32 random bytes in base64, as \`${randomKey}\` prints them`;

export const keySettings = {
  MASTER_KEY: optional(keyRing()).register(about, {
    description:
      "Wraps the data key of every lead: if it is lost, no contact can be read again. 32 random bytes in base64, different for each of the three keys. To replace it, list the new key and the old one, each with its id: 2:<new>,1:<old>. The first one seals, the others open what they sealed; a key without an id is key 1. With several servers, start all of them with 1:<old>,2:<new> first.",
    command: randomKey,
    missing,
    production: "required",
  }),
  INDEX_KEY: optional(keyRing()).register(about, {
    description:
      "Computes the blind indexes of contacts: if it is lost, contacts entered earlier are no longer found. It is replaced like MASTER_KEY.",
    command: randomKey,
    missing,
    production: "required",
  }),
  TOKEN_KEY: optional(keyRing()).register(about, {
    description:
      "Seals previews, cursors and personal links: if it is lost, those handed out earlier stop working. It is replaced like MASTER_KEY.",
    command: randomKey,
    missing,
    production: "required",
  }),
  RECEIPT_KEY: optional(signingKey()).register(about, {
    description: "Signs consent receipts.",
    command: randomSigningKey,
    missing: `an Ed25519 key, as \`${randomSigningKey}\` prints it`,
    production: "required",
  }),
};
