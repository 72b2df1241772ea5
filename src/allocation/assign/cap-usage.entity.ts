import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";

/** How much of a cap is used in one window of it. */
@Entity("cap_usage")
export class CapUsageEntity {
  @PrimaryColumn("uuid") campaignId: string;
  @PrimaryColumn("text") unit: string;
  @PrimaryColumn("text") period: string;
  @PrimaryColumn("timestamptz") windowStart: Date;
  @Column("uuid") supplierId: string;
  @Column("bigint", { transformer: bigint }) used: number;
}
