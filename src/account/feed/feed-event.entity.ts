import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { FeedDetail, FeedKind } from "./entry";

/** A place in a supplier's feed. A reference only: it is rendered at each read, under the consent of that moment. */
@Entity("feed_event")
export class FeedEventEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @PrimaryColumn("bigint", { transformer: bigint }) position: number;
  @PrimaryColumn("integer") month: number;
  @Column("timestamptz") at: Date;
  @Column("text") kind: FeedKind;
  @Column("uuid", { nullable: true }) deliveryId: string | null;
  @Column("uuid", { nullable: true }) campaignId: string | null;
  @Column("jsonb") detail: FeedDetail;
}

/** Up to where a supplier's events were dropped. No row: none ever was. */
@Entity("feed_floor")
export class FeedFloorEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @Column("bigint", { transformer: bigint }) position: number;
  @Column("timestamptz") droppedBefore: Date;
  @Column("timestamptz") at: Date;
}

@Entity("feed_position")
export class FeedPositionEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @PrimaryColumn("text") consumer: string;
  @Column("bigint", { transformer: bigint }) position: number;
  @Column("timestamptz") acknowledgedAt: Date;
}
