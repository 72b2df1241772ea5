import type { Principal } from "../../access/identity";
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

/** Reads those of these campaigns that the principal may see. */
export type CampaignsById = (
  by: Principal,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, CampaignView>>;
