import { Column, Entity, PrimaryColumn } from "typeorm";

/** What a person judged of a supplier's work on a product, and why. The latest counts; none is ever changed. */
@Entity("quality_review")
export class QualityReviewEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @PrimaryColumn("text") productId: string;
  @PrimaryColumn("integer") number: number;
  @Column("smallint") score: number;
  @Column("text") reason: string;
  @Column("timestamptz") reviewedAt: Date;
  @Column("text") reviewedBy: string;
}
