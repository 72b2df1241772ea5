import type { CampaignStatus, CampaignTerms } from "./terms";

/** A campaign with its current terms. */
export interface CampaignView {
  readonly id: string;
  readonly supplierId: string;
  readonly status: CampaignStatus;
  readonly version: number;
  readonly createdAt: Date;
  readonly terms: CampaignTerms;
}
