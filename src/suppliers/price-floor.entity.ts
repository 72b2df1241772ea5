import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../platform/columns";

/** The lowest price of a product's leads from an instant on, until a later row takes over. */
@Entity("price_floor")
export class PriceFloorEntity {
  @PrimaryColumn("text") productId: string;
  @PrimaryColumn("timestamptz") since: Date;
  @Column("bigint", { transformer: bigint }) floorCents: number;
}
