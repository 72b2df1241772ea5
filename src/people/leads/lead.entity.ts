import { Column, Entity, PrimaryColumn } from "typeorm";
import type { CloseReason, LeadState } from "./lead-state";

/** The state of a request. The need (lead_need) and the person (lead_secret) are stored separately. */
@Entity("lead")
export class LeadEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") id: string;
  @Column("text", { unique: true }) reference: string;
  /** The sandbox that invented this request; null for a person's request. */
  @Column("uuid", { nullable: true }) sandboxSupplierId?: string | null;
  @Column("text") productId: string;
  /** The form key that submitted it. Null in a sandbox and for leads from before this was recorded. */
  @Column("text", { nullable: true }) source?: string | null;
  @Column("text") state: LeadState;
  @Column("text", { nullable: true }) closeReason: CloseReason | null;
  @Column("timestamptz") submittedAt: Date;
  @Column("timestamptz", { nullable: true }) confirmedAt: Date | null;
  @Column("timestamptz") waitUntil: Date;
  /** When a job next tries to allocate it; null when there is nothing left to do. */
  @Column("timestamptz", { nullable: true }) nextTryAt: Date | null;
  @Column("timestamptz", { nullable: true }) triedAt: Date | null;
  /** Consented suppliers that have not received it. It is tried again when one of them can take leads. */
  @Column("uuid", { array: true }) waitingFor: string[];
  /** The first request of the same person for the same need, whose seats this one shares; written at confirmation. */
  @Column("uuid", { nullable: true }) joinedLeadId: string | null;
  /** Set when the first supplier receives the lead. */
  @Column("smallint", { nullable: true }) seats: number | null;
  @Column("smallint") seatsTaken: number;
  @Column("timestamptz", { nullable: true }) closedAt: Date | null;
  @Column("timestamptz", { nullable: true }) erasedAt: Date | null;
}
