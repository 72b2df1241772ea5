import type { FeedEntry } from "../../account/feed";
import type { ReturnReason } from "./return";

/** The entry of the feed that says that staff have to decide. */
export const pendingEntry = (
  { id: deliveryId, campaignId }: { readonly id: string; readonly campaignId: string },
  { reason: returnReason, decideBy }: { readonly reason: ReturnReason; readonly decideBy: Date },
): FeedEntry => ({
  ...{ kind: "RETURN_PENDING", deliveryId, campaignId },
  detail: { returnReason, decideBy: decideBy.toISOString() },
});
