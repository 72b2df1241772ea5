import { Column, Entity, PrimaryColumn } from "typeorm";

/** Somebody who follows their supplier's feed, as one process says: until then, unless it says so again. */
@Entity("presence")
export class PresenceEntity {
  @PrimaryColumn("uuid") processId: string;
  @PrimaryColumn("uuid") memberId: string;
  @Column("uuid") supplierId: string;
  /** The member's, as they connected; null, both of them: not limited. */
  @Column("uuid", { array: true, nullable: true }) limitSites: string[] | null;
  @Column("uuid", { array: true, nullable: true }) limitCampaigns: string[] | null;
  @Column("timestamptz") seenUntil: Date;
}
