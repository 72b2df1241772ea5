import { Column, Entity, PrimaryColumn } from "typeorm";
import type { Answers } from "../../reference/catalogue";
import type { Place } from "../../reference/geo";

/** What is needed, without the person: the coarse facts that matching reads. Deleted at erasure. */
@Entity("lead_need")
export class LeadNeedEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @Column("text") productId: string;
  @Column("integer") formVersion: number;
  @Column("timestamptz") submittedAt: Date;
  @Column("jsonb") answers: Answers;
  @Column("text", { array: true }) textsAnswered: string[];
  @Column("jsonb") place: Place;
}
