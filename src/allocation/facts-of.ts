/** Rows in the words of matching. */
import type { CampaignView } from "../campaigns";
import { placeAt } from "../geo";
import type { LeadNeedRow, Person } from "../leads";
import type { Candidate, LeadFacts } from "../matching";

/** With the place as exactly as it is known: that must not be stored beside the need. */
export const factsOf = (need: LeadNeedRow, person: Pick<Person, "position"> | null): LeadFacts => ({
  leadId: need.leadId,
  product: need.productId,
  formVersion: need.formVersion,
  submittedAt: need.submittedAt,
  answers: need.answers,
  textsAnswered: need.textsAnswered,
  place: placeAt(need.place, person?.position ?? null),
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
