/** Formats a feed event as one line for the terminal, without personal data. */
import type { References } from "./references";
import type { FeedEvent, FeedLead } from "./supplier-operations";

export interface LineContext {
  readonly supplierName: string;
  readonly references: References;
}

export function lineOf(event: FeedEvent, context: LineContext): string {
  const { supplierName, references } = context;
  switch (event.__typename) {
    case "LeadMatched":
      return matched(event, context);
    case "LeadUpdated":
      return `lead ${references.of(event.leadId)}: ${supplierName} is told of a change of ${event.changed.join(", ")}`;
    case "LeadRevoked":
      return `lead ${references.of(event.leadId)}: ${supplierName} may no longer use it (${event.reason}) and deletes it`;
    case "CapReached": {
      const { unit, period, limit } = event.cap;
      const cap = unit === "LEADS" ? `${String(limit)} leads` : euros(limit);
      return `campaign “${event.campaign.name}” of ${supplierName} reached its cap of ${cap} per ${period.toLowerCase()}, until ${event.resetsAt}`;
    }
  }
}

function matched(
  { leadId, lead }: Extract<FeedEvent, { __typename: "LeadMatched" }>,
  { supplierName, references }: LineContext,
): string {
  // The event stays in the feed after the lead is no longer available to the supplier.
  if (!lead)
    return `lead ${references.of(leadId)}: was sent to ${supplierName}, and consent was taken back since`;
  const name = references.arrived(leadId, { ...lead.contact, city: lead.place.commune.name });
  return `lead ${name} for ${productOf(lead)} in ${lead.place.commune.name}: sent to ${supplierName} (seat ${String(lead.seat)} of ${String(lead.seats)}, ${euros(lead.priceCents)})`;
}

const productOf = ({ product }: FeedLead): string => product.id.toLowerCase().replaceAll("_", " ");

const euros = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`;
