/**
 * Seals and opens the confidential parts of an endpoint: its target, which often contains a token, its options, which
 * may name employees of the supplier, and the secrets that sign its messages.
 */
import type { KeyRing } from "../../platform/sealed/key-ring";
import { SealedValues } from "../../platform/sealed/values";
import type { Destination, EndpointOptions } from "./endpoint";
import type { EndpointEntity } from "./endpoint.entity";

type Target = Pick<EndpointEntity, "targetSealed" | "optionsSealed" | "targetKeyId">;
type Secret = Pick<EndpointEntity, "secretSealed" | "secretKeyId">;

export class EndpointVault {
  private readonly values: SealedValues;

  constructor(masterKey: KeyRing) {
    this.values = new SealedValues(masterKey, "endpoint");
  }

  sealTarget(endpointId: string, target: string, options: EndpointOptions): Target {
    const { sealed, keyId } = this.values.seal(Buffer.from(target), `${endpointId}:target`);
    const text = Buffer.from(JSON.stringify(options));
    const optionsSealed = this.values.seal(text, `${endpointId}:options`).sealed;
    return { targetSealed: sealed, optionsSealed, targetKeyId: keyId };
  }

  sealSecret(endpointId: string, secret: Buffer | null): Secret {
    if (secret === null) return { secretSealed: null, secretKeyId: null };
    const { sealed, keyId } = this.values.seal(secret, `${endpointId}:secret`);
    return { secretSealed: sealed, secretKeyId: keyId };
  }

  open(row: EndpointEntity, at: Date): Destination {
    const { id, targetSealed, optionsSealed, targetKeyId, previousSecretUntil: until } = row;
    const open = (sealed: Buffer, keyId: number, part: string): Buffer =>
      this.values.open({ sealed, keyId }, `${id}:${part}`);
    const secretOf = (sealed: Buffer | null, keyId: number | null): Buffer[] =>
      sealed === null || keyId === null ? [] : [open(sealed, keyId, "secret")];
    return {
      ...row,
      target: open(targetSealed, targetKeyId, "target").toString(),
      options: JSON.parse(open(optionsSealed, targetKeyId, "options").toString()) as EndpointOptions,
      secrets: [
        ...secretOf(row.secretSealed, row.secretKeyId),
        ...(until !== null && at < until ? secretOf(row.previousSecretSealed, row.previousSecretKeyId) : []),
      ],
    };
  }
}
