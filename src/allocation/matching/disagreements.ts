/**
 * Do the index and the terms say the same? They are one meaning read by two programs, so they must; a decision
 * asks both and goes by the terms. Whatever is named here is a bug to be told of, not a verdict.
 */
import { type IndexAnswer, type RefusalReason } from "./facts";
import { type Verdict } from "./match";

/** What the index answers for. Everything else is asked later and elsewhere. */
const byTerms: ReadonlySet<RefusalReason> = new Set([
  "OTHER_PRODUCT",
  "CAMPAIGN_NOT_ACTIVE",
  "OUTSIDE_ZONES",
  "IN_EXCLUDED_ZONE",
  "PLACE_NOT_PRECISE",
  "CRITERION_NOT_MET",
]);

/** The campaigns about which the two differ. */
export const disagreements = (verdicts: readonly Verdict[], { fits }: IndexAnswer): string[] =>
  verdicts.flatMap(({ candidate: { campaignId }, refusal }) => {
    const found = fits.get(campaignId);
    // Of a supplier that was not consented to, the terms were never asked.
    if (found === undefined || refusal?.reason === "NOT_CONSENTED") return [];
    return found === !(refusal && byTerms.has(refusal.reason)) ? [] : [campaignId];
  });
