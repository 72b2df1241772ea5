import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { OutcomeStatus } from "./report";

/** One outcome report for a lead. Reports are only added, never changed; report.ts says which one counts. */
@Entity("outcome")
export class OutcomeEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") deliveryId: string;
  @PrimaryColumn("integer") number: number;
  @Column("uuid") supplierId: string;
  /** A keyed digest of the supplier's externalId, else of the report itself. A repeated report has the same key. */
  @Column("text") reportKey: string;
  @Column("bytea") reportDigest: Buffer;
  /** The id of the key that made both digests. */
  @Column("smallint") reportKeyId: number;
  @Column("text") status: OutcomeStatus;
  @Column("timestamptz") occurredAt: Date;
  @Column("bigint", { transformer: bigint, nullable: true }) saleCents: number | null;
  /** Vehicle and comment, sealed with the lead's own key. */
  @Column("bytea", { nullable: true }) wordsSealed: Buffer | null;
  @Column("timestamptz") reportedAt: Date;
  @Column("text") reportedBy: string;
}
