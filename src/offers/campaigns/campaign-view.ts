import type { CampaignStatus, CampaignTerms } from "./terms";

/** A campaign with its current terms. */
export interface CampaignView {
  readonly id: string;
  readonly supplierId: string;
  /** As it was last set. What it means at an instant is status.ts. */
  readonly status: CampaignStatus;
  readonly pausedUntil: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly terms: CampaignTerms;
}
