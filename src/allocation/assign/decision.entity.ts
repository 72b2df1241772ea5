import { Column, Entity, PrimaryColumn } from "typeorm";
import type { DecisionRecord } from "../matching";

/** What was decided about a lead, from what, one row per decision that differs from the one before. */
@Entity("decision")
export class DecisionEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @PrimaryColumn("integer") number: number;
  @Column("timestamptz") at: Date;
  /** matching/decision-format.ts. */
  @Column("bytea", { nullable: true }) packed: Buffer | null;
  /** Of decisions from before they were packed. */
  @Column("jsonb", { nullable: true }) content: DecisionRecord | null;
}
