import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { Criterion } from "./terms";

/**
 * The lowest price for some of a product's leads, from an instant on, until a later row of the same scope
 * replaces it.
 */
@Entity("price_floor")
export class PriceFloorEntity {
  @PrimaryColumn("text") productId: string;
  /** `scopeText` of the three columns below. */
  @PrimaryColumn("text") scope: string;
  @PrimaryColumn("timestamptz") since: Date;
  @Column("text", { nullable: true }) departement: string | null;
  @Column("jsonb") criteria: readonly Criterion[];
  @Column("boolean") exclusive: boolean;
  /** 0 removes the floor of this scope from then on. */
  @Column("bigint", { transformer: bigint }) floorCents: number;
}
