/** Rows in the words of matching. */
import type { CampaignView } from "../campaigns";
import type { LeadNeedRow } from "../leads";
import type { Candidate, LeadFacts } from "../matching";

export const factsOf = (need: LeadNeedRow, place: LeadFacts["place"]): LeadFacts => ({
  leadId: need.leadId,
  product: need.productId,
  formVersion: need.formVersion,
  submittedAt: need.submittedAt,
  answers: need.answers,
  textsAnswered: need.textsAnswered,
  place,
});

export const candidateOf = ({
  id,
  supplierId,
  version,
  status,
  pausedUntil,
  terms,
}: CampaignView): Candidate => ({
  campaignId: id,
  supplierId,
  version,
  status,
  pausedUntil,
  terms,
});
