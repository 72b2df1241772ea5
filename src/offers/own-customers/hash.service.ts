/**
 * How a person of a supplier's list is written: HMAC-SHA-256, under a key of that supplier's own, of the
 * kind and the contact written in one way. Server, program and document do the same: docs/own-customers.md.
 */
import type { Contact } from "../../people/leads";
import { deriveKey, keyedDigest } from "../../platform/secrets";

export type ContactKind = "EMAIL" | "PHONE";

/** Each supplier has its own, so that the lists of two cannot be compared. */
export const listKeyOf = (indexKey: Buffer, supplierId: string): Buffer =>
  deriveKey(indexKey, `own-customers/${supplierId}`);

/** `written`: an address or number as the lead's contact writes them. */
export const hashOf = (listKey: Buffer, kind: ContactKind, written: string): Buffer =>
  keyedDigest(listKey, `${kind}:${written}`);

export const hashesOf = (listKey: Buffer, { email, phone }: Pick<Contact, "email" | "phone">): Buffer[] => [
  hashOf(listKey, "EMAIL", email),
  ...(phone === null ? [] : [hashOf(listKey, "PHONE", phone)]),
];
