/**
 * Which fields of a contact may a supplier see? Any channel allows the names and the town, PHONE or SMS the phone
 * number, EMAIL the e-mail address. Fields that are withheld are listed with the reason.
 */
import type { ContactChannel } from "../../reference/catalogue";
import type { Contact } from "../../people/leads";

export type VisibleContact = { readonly [K in keyof Contact]: Contact[K] | null };

export interface Withholding {
  /** Path into Lead. */
  readonly field: string;
  readonly reason: "CHANNEL_NOT_CONSENTED" | "NOT_NEEDED_FOR_PRODUCT" | "NOT_PROVIDED";
}

export interface Projection {
  readonly contact: VisibleContact;
  readonly withheld: readonly Withholding[];
}

export function project(
  contact: Contact,
  channels: readonly ContactChannel[],
  needsStreet: boolean,
): Projection {
  const may = new Set(channels);
  const withheld: Withholding[] = [];
  const show = (
    field: "phone" | "email" | "street",
    refusal: Withholding["reason"] | null,
  ): string | null => {
    const reason = refusal ?? (contact[field] === null ? "NOT_PROVIDED" : null);
    if (reason === null) return contact[field];
    withheld.push({ field: `contact.${field}`, reason });
    return null;
  };
  // Without any channel the supplier has no right to see the person at all.
  if (may.size === 0) throw new Error("A contact is never shown without a channel.");
  const phone = show("phone", may.has("PHONE") || may.has("SMS") ? null : "CHANNEL_NOT_CONSENTED");
  const email = show("email", may.has("EMAIL") ? null : "CHANNEL_NOT_CONSENTED");
  const street = show("street", needsStreet ? null : "NOT_NEEDED_FOR_PRODUCT");
  const { civility, firstName, lastName, postcode, city } = contact;
  return { contact: { civility, firstName, lastName, phone, email, street, postcode, city }, withheld };
}
