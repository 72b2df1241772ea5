/**
 * What happens to a delivery when the person narrows their consent: nothing, fewer channels, or the end of the
 * supplier's right to the lead. Writing the change and appending it to the feed is up to the caller.
 */
import type { ContactChannel } from "../../reference/catalogue";
import type { FeedDetail, RevocationReason } from "../../account/feed";

/** How long a supplier has to confirm that it deleted the lead, or to state why it may keep it. */
export const acknowledgeWithinMs = 72 * 3_600_000;

export interface ScopeChange {
  readonly kind: "LEAD_UPDATED" | "LEAD_REVOKED";
  readonly detail: FeedDetail;
  readonly state: {
    readonly channels: ContactChannel[];
    readonly revokedAt: Date | null;
    readonly revocationReason: RevocationReason | null;
    readonly acknowledgeBy: Date | null;
    /** Emptied when the right ends, because it contains the person's commune and answers. */
    readonly why?: readonly [];
  };
}

export interface DeliveryRight {
  readonly channels: readonly ContactChannel[];
  readonly revokedAt: Date | null;
}

/** null when nothing changes. A right that has ended does not end twice and is never restored. */
export function changeOf(
  held: DeliveryRight,
  allowed: ReadonlySet<ContactChannel>,
  { reason, at }: { readonly reason: RevocationReason; readonly at: Date },
): ScopeChange | null {
  if (held.revokedAt) return null;
  const channels = held.channels.filter((channel) => allowed.has(channel));
  if (channels.length === held.channels.length) return null;
  if (channels.length > 0) {
    const state = { channels, revokedAt: null, revocationReason: null, acknowledgeBy: null };
    return { kind: "LEAD_UPDATED", detail: { changed: changedBy(held.channels, channels) }, state };
  }
  const acknowledgeBy = new Date(at.getTime() + acknowledgeWithinMs);
  return {
    kind: "LEAD_REVOKED",
    detail: { reason, acknowledgeBy: acknowledgeBy.toISOString() },
    // The earlier channels are not kept here; the consent record has them.
    state: { channels, revokedAt: at, revocationReason: reason, acknowledgeBy, why: [] },
  };
}

function changedBy(before: readonly ContactChannel[], after: readonly ContactChannel[]): string[] {
  const lost = (...channels: ContactChannel[]): boolean =>
    channels.some((channel) => before.includes(channel)) &&
    !channels.some((channel) => after.includes(channel));
  return [
    "contact.channels",
    ...(lost("PHONE", "SMS") ? ["contact.phone"] : []),
    ...(lost("EMAIL") ? ["contact.email"] : []),
  ];
}
