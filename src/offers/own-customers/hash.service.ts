/**
 * How is a person on a supplier's list stored? As HMAC-SHA-256, under the supplier's own key, of the kind and
 * the normalised contact. The server, the upload program and docs/own-customers.md do the same.
 */
import type { Contact, ContactKind } from "../../people/leads";
import { emailForms } from "../../shared/contact-text";
import { deriveRing, type KeyRing } from "../../platform/sealed/key-ring";
import { keyedDigest } from "../../platform/secrets";

/** Each supplier has its own keys, so that the lists of two suppliers cannot be compared. */
export const listKeysOf = (indexKey: KeyRing, supplierId: string): KeyRing =>
  deriveRing(indexKey, `own-customers/${supplierId}`);

/** `written`: an address or number normalised like the contacts of leads. */
export const contactHashOf = (listKey: Buffer, kind: ContactKind, written: string): Buffer =>
  keyedDigest(listKey, `${kind}:${written}`);

/** The hashes to look for. The list may hold an address in any of the forms of its domain. */
export const hashesOf = (listKey: Buffer, { email, phone }: Pick<Contact, "email" | "phone">): Buffer[] => [
  ...emailForms(email).map((form) => contactHashOf(listKey, "EMAIL", form)),
  ...(phone === null ? [] : [contactHashOf(listKey, "PHONE", phone)]),
];
