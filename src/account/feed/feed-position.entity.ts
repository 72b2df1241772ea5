import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";

/** The position up to which a consumer has acknowledged a supplier's feed. */
@Entity("feed_position")
export class FeedPositionEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @PrimaryColumn("text") consumer: string;
  @Column("bigint", { transformer: bigint }) position: number;
  @Column("timestamptz") acknowledgedAt: Date;
}
