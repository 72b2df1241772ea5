import { Column, Entity, PrimaryColumn } from "typeorm";

/** A person's judgement of a supplier's work on a product, with the reason. The latest counts; rows never change. */
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
