/**
 * Signatures of the Standard Webhooks specification: https://www.standardwebhooks.com. The receiver checks with
 * its secret that a message is ours, that nothing in it was changed, and that it is not an old one sent again.
 */
import { createHmac } from "node:crypto";
import { randomBytes } from "../../platform/random";
import { deriveKey, keyedDigest } from "../../platform/secrets";
import { oldestKeyOf, type KeyRing } from "../../platform/sealed/key-ring";

const secretBytes = 32;

export const newSecret = (): Buffer => randomBytes(secretBytes);

/** As it is shown to the supplier, once. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString("base64")}`;

export interface Signed {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}

/** The three headers. One signature for each secret: after a rotation either of the two opens it. */
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
 * Names of messages. Every attempt at an event has the same name, from which nothing about the event can be read.
 * The oldest key makes them, so that an event that is tried again across a rotation keeps its name.
 */
export class MessageIds {
  private readonly key: Buffer;

  constructor(
    tokenKey: KeyRing,
    private readonly epoch: string,
  ) {
    this.key = deriveKey(oldestKeyOf(tokenKey), "webhook-id");
  }

  /** After a restore to an earlier point the same position is another event: the epoch tells them apart. */
  of(endpointId: string, position: number): string {
    const digest = keyedDigest(this.key, `${endpointId}:${this.epoch}:${String(position)}`);
    return `msg_${digest.subarray(0, 18).toString("base64url")}`;
  }

  ofTest(): string {
    return `test_${randomBytes(18).toString("base64url")}`;
  }
}
