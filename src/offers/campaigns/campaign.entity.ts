import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { CampaignStatus, CampaignTerms } from "./terms";

/** The campaign as it is now; its terms are the version it points at. */
@Entity("campaign")
export class CampaignEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  @Column("text") productId: string;
  /** Of the current version, beside the terms: who is limited to sites sees a campaign by it. */
  @Column("uuid", { nullable: true }) siteId: string | null;
  @Column("text") status: CampaignStatus;
  /** Of a PAUSED one only: from then on it runs again, with nothing written. */
  @Column("timestamptz", { nullable: true }) pausedUntil: Date | null;
  @Column("integer") version: number;
  /** Of a sandbox, as a trigger says: never in the market. */
  @Column({ type: "boolean", default: false, insert: false, update: false, select: false }) sandbox?: boolean;
  /** By which transaction it was last written, as a trigger says: for those who hold campaigns in memory. */
  @Column({ type: "bigint", transformer: bigint, insert: false, update: false, select: false })
  changedIn?: number;
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
