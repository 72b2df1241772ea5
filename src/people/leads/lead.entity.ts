import { Column, Entity, PrimaryColumn } from "typeorm";
import type { CloseReason, LeadState } from "./lead-state";

/** Where a request stands. What is needed and who asked stand apart (lead_need, lead_secret). */
@Entity("lead")
export class LeadEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") id: string;
  @Column("text", { unique: true }) reference: string;
  /** The sandbox that made it, of nobody; null: a person's. */
  @Column("uuid", { nullable: true }) sandboxSupplierId?: string | null;
  @Column("text") productId: string;
  /** The consumer that submitted it: a form site's key. Null in a sandbox, and of leads from before it was kept. */
  @Column("text", { nullable: true }) source?: string | null;
  @Column("text") state: LeadState;
  @Column("text", { nullable: true }) closeReason: CloseReason | null;
  @Column("timestamptz") submittedAt: Date;
  @Column("timestamptz", { nullable: true }) confirmedAt: Date | null;
  @Column("timestamptz") waitUntil: Date;
  /** When the jobs look at it again; null once there is nothing left to do. */
  @Column("timestamptz", { nullable: true }) nextTryAt: Date | null;
  @Column("timestamptz", { nullable: true }) triedAt: Date | null;
  /** Consented suppliers that have not received it: whatever opens at one of them is worth a new try. */
  @Column("uuid", { array: true }) waitingFor: string[];
  /** The first request of the same person for the same need, whose seats this one shares; written at confirmation. */
  @Column("uuid", { nullable: true }) joinedLeadId: string | null;
  /** Fixed by the first taker. */
  @Column("smallint", { nullable: true }) seats: number | null;
  @Column("smallint") seatsTaken: number;
  @Column("timestamptz", { nullable: true }) closedAt: Date | null;
  @Column("timestamptz", { nullable: true }) erasedAt: Date | null;
}
