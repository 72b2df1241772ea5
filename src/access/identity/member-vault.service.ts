/** Who a member is, readable only here: sealed under a key of its own use, found by a digest under another. */
import { deriveKey, keyedDigest, seal, unseal } from "../../platform/secrets";
import { currentKeyOf, type KeyRing } from "../../platform/sealed/key-ring";

export interface MemberIdentity {
  readonly name: string;
  readonly email: string;
}

export interface MemberKeys {
  readonly masterKey: KeyRing;
  readonly indexKey: KeyRing;
}

export class MemberVault {
  private readonly sealingKey: Buffer;
  private readonly digestKey: Buffer;

  constructor({ masterKey, indexKey }: MemberKeys) {
    this.sealingKey = deriveKey(currentKeyOf(masterKey), "member");
    this.digestKey = deriveKey(currentKeyOf(indexKey), "member-email");
  }

  /** `emailKey` is what emailKeyOf made of the address. */
  digestOf(emailKey: string): Buffer {
    return keyedDigest(this.digestKey, emailKey);
  }

  seal(memberId: string, identity: MemberIdentity): Buffer {
    return seal(this.sealingKey, Buffer.from(JSON.stringify(identity)), memberId);
  }

  open(memberId: string, sealed: Buffer): MemberIdentity {
    return JSON.parse(unseal(this.sealingKey, sealed, memberId).toString()) as MemberIdentity;
  }
}
