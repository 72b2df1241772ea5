/**
 * How a person of a supplier's list is written: HMAC-SHA-256, under a key of that supplier's own, of the
 * kind and the contact written in one way. Server, program and document do the same: docs/own-customers.md.
 */
import type { Contact, ContactKind } from "../../people/leads";
import { deriveRing, type KeyRing } from "../../platform/sealed/key-ring";
import { keyedDigest } from "../../platform/secrets";

/** Each supplier has keys of its own, so that the lists of two suppliers cannot be compared. */
export const listKeysOf = (indexKey: KeyRing, supplierId: string): KeyRing =>
  deriveRing(indexKey, `own-customers/${supplierId}`);

/** `written`: an address or number as the lead's contact writes them. */
export const hashOf = (listKey: Buffer, kind: ContactKind, written: string): Buffer =>
  keyedDigest(listKey, `${kind}:${written}`);

export const hashesOf = (listKey: Buffer, { email, phone }: Pick<Contact, "email" | "phone">): Buffer[] => [
  hashOf(listKey, "EMAIL", email),
  ...(phone === null ? [] : [hashOf(listKey, "PHONE", phone)]),
];
