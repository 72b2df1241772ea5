import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";

/** How far a consumer of a supplier's feed has acknowledged it. */
@Entity("feed_position")
export class FeedPositionEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @PrimaryColumn("text") consumer: string;
  @Column("bigint", { transformer: bigint }) position: number;
  @Column("timestamptz") acknowledgedAt: Date;
}
