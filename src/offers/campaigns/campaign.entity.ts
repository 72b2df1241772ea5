import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { CampaignStatus, CampaignTerms } from "./terms";

/** The current state of a campaign. Its terms are those of the version it refers to. */
@Entity("campaign")
export class CampaignEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  @Column("text") productId: string;
  /** A copy from the current version's terms, because members limited to sites see campaigns by it. */
  @Column("uuid", { nullable: true }) siteId: string | null;
  @Column("text") status: CampaignStatus;
  /** Only for PAUSED: the campaign runs again from then on, without any further write. */
  @Column("timestamptz", { nullable: true }) pausedUntil: Date | null;
  @Column("integer") version: number;
  /** Set by a trigger for campaigns of a sandbox, which are never in the market. */
  @Column({ type: "boolean", default: false, insert: false, update: false, select: false }) sandbox?: boolean;
  /** Set by a trigger: the last transaction that wrote the row, for processes that hold campaigns in memory. */
  @Column({ type: "bigint", transformer: bigint, insert: false, update: false, select: false })
  changedIn?: number;
  @Column("timestamptz") createdAt: Date;
}

/** Terms never change: an edit creates a new version, and a lead keeps the version that took it. */
@Entity("campaign_version")
export class CampaignVersionEntity {
  @PrimaryColumn("uuid") campaignId: string;
  @PrimaryColumn("integer") version: number;
  @Column("uuid") supplierId: string;
  @Column("jsonb") terms: CampaignTerms;
  @Column("timestamptz") createdAt: Date;
  @Column("text") createdBy: string;
}
