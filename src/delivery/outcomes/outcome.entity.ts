import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { OutcomeStatus } from "./report";

/** One report of what became of a lead. Reports are added, never changed; the last one stands. */
@Entity("outcome")
export class OutcomeEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") deliveryId: string;
  @PrimaryColumn("integer") number: number;
  @Column("uuid") supplierId: string;
  /** A keyed digest of the supplier's externalId, or of the report itself: the same report has the same key. */
  @Column("text") reportKey: string;
  @Column("bytea") reportDigest: Buffer;
  /** Of both digests. */
  @Column("smallint") reportKeyId: number;
  @Column("text") status: OutcomeStatus;
  @Column("timestamptz") occurredAt: Date;
  @Column("bigint", { transformer: bigint, nullable: true }) saleCents: number | null;
  /** Vehicle and comment, under the lead's own key. */
  @Column("bytea", { nullable: true }) wordsSealed: Buffer | null;
  @Column("timestamptz") reportedAt: Date;
  @Column("text") reportedBy: string;
}
