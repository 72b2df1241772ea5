/** Seals the names and e-mail addresses of members, and computes the digests by which an address is found again. */
import type { KeyRing } from "../../platform/sealed/key-ring";
import { KeyedDigests, SealedValues, type KeyedDigest, type SealedValue } from "../../platform/sealed/values";
import { storedFormsOf } from "./credentials";

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

  /** One digest for each form of the address and each index key, the current ones first. */
  digestsOf(email: string): KeyedDigest[] {
    return storedFormsOf(email).flatMap((form) => this.addresses.all(form));
  }

  seal(memberId: string, identity: MemberIdentity): SealedValue {
    return this.identities.seal(Buffer.from(JSON.stringify(identity)), memberId);
  }

  open(memberId: string, value: SealedValue): MemberIdentity {
    return JSON.parse(this.identities.open(value, memberId).toString()) as MemberIdentity;
  }
}
