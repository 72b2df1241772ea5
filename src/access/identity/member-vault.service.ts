/** Seals the names and e-mail addresses of members, and computes the digests by which an address is found again. */
import type { KeyRing } from "../../platform/sealed/key-ring";
import { KeyedDigests, SealedValues, type KeyedDigest, type SealedValue } from "../../platform/sealed/values";

export interface MemberIdentity {
  readonly name: string;
  readonly email: string;
}

export interface MemberKeys {
  readonly masterKey: KeyRing;
  readonly indexKey: KeyRing;
}

export class MemberVault {
  private readonly identities: SealedValues;
  private readonly addresses: KeyedDigests;

  constructor({ masterKey, indexKey }: MemberKeys) {
    this.identities = new SealedValues(masterKey, "member");
    this.addresses = new KeyedDigests(indexKey, "member-email");
  }

  /** One digest for each index key, the current one first. `emailKey` is the result of emailKeyOf. */
  digestsOf(emailKey: string): KeyedDigest[] {
    return this.addresses.all(emailKey);
  }

  seal(memberId: string, identity: MemberIdentity): SealedValue {
    return this.identities.seal(Buffer.from(JSON.stringify(identity)), memberId);
  }

  open(memberId: string, value: SealedValue): MemberIdentity {
    return JSON.parse(this.identities.open(value, memberId).toString()) as MemberIdentity;
  }
}
