/**
 * Do the index and the terms give the same answer? They implement the same meaning twice, so they must. A
 * decision asks both and follows the terms. A disagreement is a bug to report, never a verdict.
 */
import { type IndexAnswer, type RefusalReason } from "./facts";
import { type Verdict } from "./match";

/** The reasons that the index covers. All others are checked later and elsewhere. */
const byTerms: ReadonlySet<RefusalReason> = new Set([
  "OTHER_PRODUCT",
  "CAMPAIGN_NOT_ACTIVE",
  "OUTSIDE_ZONES",
  "IN_EXCLUDED_ZONE",
  "PLACE_NOT_PRECISE",
  "CRITERION_NOT_MET",
]);

/** The campaigns about which the index and the terms differ. */
export const disagreements = (verdicts: readonly Verdict[], { fits }: IndexAnswer): string[] =>
  verdicts.flatMap(({ candidate: { campaignId }, refusal }) => {
    const found = fits.get(campaignId);
    // The terms are not evaluated for suppliers without consent.
    if (found === undefined || refusal?.reason === "NOT_CONSENTED") return [];
    return found === !(refusal && byTerms.has(refusal.reason)) ? [] : [campaignId];
  });
