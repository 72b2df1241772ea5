import { Column, Entity, PrimaryColumn } from "typeorm";
import type { DecisionRecord } from "../matching";

/** One row per decision about a lead that differs from the one before it: the outcome and what it was made from. */
@Entity("decision")
export class DecisionEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @PrimaryColumn("integer") number: number;
  @Column("timestamptz") at: Date;
  /** The format is matching/decision-format.ts. */
  @Column("bytea", { nullable: true }) packed: Buffer | null;
  /** The form used before decisions were packed. */
  @Column("jsonb", { nullable: true }) content: DecisionRecord | null;
}
