/** Which contact a code confirms, where the code goes, and whether a request can still be confirmed. */
import type { ConfirmationChannel } from "../../reference/catalogue";
import { isMobile, type Contact, type ContactKind, type LeadRow } from "../../people/leads";
import { invalid } from "../../shared/errors";
import { refused, type IntakeAnswer } from "./answers";

/** The kind of contact that a code by this channel confirms. */
export const kindOf = (channel: ConfirmationChannel): ContactKind => (channel === "SMS" ? "PHONE" : "EMAIL");

/** Returns the refusal when a request can no longer be confirmed, otherwise null. */
export function overOf(lead: LeadRow, at: Date): IntakeAnswer | null {
  if (lead.state === "UNCONFIRMED") return lead.waitUntil <= at ? refused("WAIT_ENDED") : null;
  return refused(lead.confirmedAt ? "ALREADY_CONFIRMED" : "WITHDRAWN");
}

/** The address or number that a code is sent to. */
export function recipientOf(contact: Contact, channel: ConfirmationChannel): string {
  if (channel === "EMAIL") return contact.email;
  if (channel === "SMS" && contact.phone !== null && isMobile(contact.phone)) return contact.phone;
  throw invalid("A code by SMS needs a mobile number in contact.phone. Confirm by EMAIL instead.", {
    reason: "NOT_ALLOWED",
    field: "confirmBy",
  });
}
