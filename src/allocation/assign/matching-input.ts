/** Converts rows to the types of the matching feature. */
import type { CampaignView } from "../../offers/campaigns";
import { productById, type RankingRule } from "../../reference/catalogue";
import { placeAt } from "../../reference/geo";
import type { LeadNeedRow, Person } from "../../people/leads";
import type { Candidate, LeadFacts, RankingRequest } from "../matching";

/** With the exact position, if it is known. It must never be stored with the need. */
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

/** The ranking rule of the lead's product. */
export const rankingRuleOf = ({ product }: Pick<LeadFacts, "product">): RankingRule =>
  productById(product)?.rankedBy ?? "PRICE_THEN_DRAW";

/** What the ranking of these candidates asks for. */
export const rankingRequestOf = (
  facts: Pick<LeadFacts, "product" | "place">,
  candidates: readonly Candidate[],
): RankingRequest => ({
  rule: rankingRuleOf(facts),
  product: facts.product,
  place: facts.place,
  campaigns: candidates.map(({ campaignId, supplierId, terms: { site } }) => ({
    campaignId,
    supplierId,
    site,
  })),
});
