import { Column, Entity, PrimaryColumn } from "typeorm";
import type { CampaignStatus, CampaignTerms } from "./terms";

/** The campaign as it is now; its terms are the version it points at. */
@Entity("campaign")
export class CampaignEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  @Column("text") productId: string;
  @Column("text") status: CampaignStatus;
  /** Of a PAUSED one only: from then on it runs again, with nothing written. */
  @Column("timestamptz", { nullable: true }) pausedUntil: Date | null;
  @Column("integer") version: number;
  /** What the current zones cover, as codes: a preview finds campaigns by them. */
  @Column("text", { array: true }) zoneCodes: string[];
  @Column("timestamptz") createdAt: Date;
}

/** Terms never change: an edit is a new version, and a lead keeps the one that took it. */
@Entity("campaign_version")
export class CampaignVersionEntity {
  @PrimaryColumn("uuid") campaignId: string;
  @PrimaryColumn("integer") version: number;
  @Column("uuid") supplierId: string;
  @Column("jsonb") terms: CampaignTerms;
  @Column("timestamptz") createdAt: Date;
  @Column("text") createdBy: string;
}
