/** The keys that the server works with. Outside production, a key that is not given is generated and kept. */
import { about, optional, secretKey, signingKey } from "./kinds";

const randomKey = "openssl rand -base64 32";
const randomSigningKey = "openssl genpkey -algorithm ed25519 -outform DER | base64 -w0";
const missing = `32 random bytes in base64, as \`${randomKey}\` prints them`;

export const keySettings = {
  MASTER_KEY: optional(secretKey()).register(about, {
    description:
      "Wraps the data key of every lead: if it is lost, no contact can be read again. 32 random bytes in base64, different for each of the three keys.",
    command: randomKey,
    missing,
    production: "required",
  }),
  INDEX_KEY: optional(secretKey()).register(about, {
    description:
      "Computes the blind indexes of contacts: if it changes, contacts entered earlier are no longer found.",
    command: randomKey,
    missing,
    production: "required",
  }),
  TOKEN_KEY: optional(secretKey()).register(about, {
    description:
      "Seals previews, cursors and personal links: if it changes, those handed out earlier stop working.",
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
