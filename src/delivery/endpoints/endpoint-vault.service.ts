/** What of an endpoint is readable only here: where it is (an address often holds a token) and what signs for it. */
import type { Destination, EndpointOptions } from "./endpoint";
import type { EndpointEntity } from "./endpoint.entity";
import { deriveKey, seal, unseal } from "../../platform/secrets";
import { currentKeyOf, type KeyRing } from "../../platform/sealed/key-ring";

export class EndpointVault {
  private readonly key: Buffer;

  constructor(masterKey: KeyRing) {
    this.key = deriveKey(currentKeyOf(masterKey), "endpoint");
  }

  sealTarget(endpointId: string, target: string): Buffer {
    return seal(this.key, Buffer.from(target), `${endpointId}:target`);
  }

  /** Options can name people of the supplier: an address that withdrawals are told to. */
  sealOptions(endpointId: string, options: EndpointOptions): Buffer {
    return seal(this.key, Buffer.from(JSON.stringify(options)), `${endpointId}:options`);
  }

  sealSecret(endpointId: string, secret: Buffer): Buffer {
    return seal(this.key, secret, `${endpointId}:secret`);
  }

  open(row: EndpointEntity, at: Date): Destination {
    const { id, previousSecretUntil: until } = row;
    const previous = until !== null && at < until ? row.previousSecretSealed : null;
    const sealed = [row.secretSealed, previous].filter((secret) => secret !== null);
    return {
      ...row,
      target: unseal(this.key, row.targetSealed, `${id}:target`).toString(),
      options: JSON.parse(unseal(this.key, row.optionsSealed, `${id}:options`).toString()) as EndpointOptions,
      secrets: sealed.map((secret) => unseal(this.key, secret, `${id}:secret`)),
    };
  }
}
