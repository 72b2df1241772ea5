/** Rows in the words of matching. */
import type { CampaignView } from "../campaigns";
import { productById } from "../catalogue";
import { placeAt } from "../geo";
import type { LeadNeedRow, Person } from "../leads";
import type { Candidate, LeadFacts, RankingQuestion } from "../matching";

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

/** Who is to be put in order, by the rule of the lead's product. */
export const rankingQuestionOf = (
  { product, place }: LeadFacts,
  candidates: readonly Candidate[],
): RankingQuestion => ({
  rule: productById(product)?.rankedBy ?? "PRICE_THEN_DRAW",
  product,
  place,
  placeable: candidates.map(({ campaignId, supplierId, terms: { site } }) => ({
    campaignId,
    supplierId,
    site,
  })),
});
