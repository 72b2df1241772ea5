/**
 * Signs messages as the Standard Webhooks specification defines: https://www.standardwebhooks.com. With the secret the
 * receiver verifies that a message comes from us, was not altered, and is not an old message replayed.
 */
import { createHmac } from "node:crypto";
import { randomBytes } from "../../platform/random";
import { deriveKey, keyedDigest } from "../../platform/secrets";
import { oldestKeyOf, type KeyRing } from "../../platform/sealed/key-ring";

const secretBytes = 32;

export const newSecret = (): Buffer => randomBytes(secretBytes);

/** The form in which the secret is shown to the supplier. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString("base64")}`;

export interface Signed {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}

/** The three headers, with one signature per secret: after a rotation either secret verifies the message. */
export function signedHeaders({ id, at, body }: Signed, secrets: readonly Buffer[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) =>
    createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64"),
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    ...(signatures.length > 0 && {
      "webhook-signature": signatures.map((signature) => `v1,${signature}`).join(" "),
    }),
  };
}

/**
 * Derives message ids. Every attempt to send an event has the same id, which reveals nothing about the event. The ids
 * are made with the oldest key, so that an event retried across a key rotation keeps its id.
 */
export class MessageIds {
  private readonly key: Buffer;

  constructor(
    tokenKey: KeyRing,
    private readonly epoch: string,
  ) {
    this.key = deriveKey(oldestKeyOf(tokenKey), "webhook-id");
  }

  /** The epoch tells apart events with the same position, which a restored earlier state of the database can have. */
  of(endpointId: string, position: number): string {
    const digest = keyedDigest(this.key, `${endpointId}:${this.epoch}:${String(position)}`);
    return `msg_${digest.subarray(0, 18).toString("base64url")}`;
  }

  ofTest(): string {
    return `test_${randomBytes(18).toString("base64url")}`;
  }
}
