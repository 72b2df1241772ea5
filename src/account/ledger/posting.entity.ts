import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { AccountCode } from "./chart";
import type { CauseKind, PostingKind } from "./postings";
import type { VatTreatment } from "./vat";

/** Money between two accounts. Append-only: the database refuses to change it. */
@Entity("posting")
export class PostingEntity {
  @PrimaryColumn("uuid") supplierId: string;
  /** Counts up per supplier, without a gap, in commit order. */
  @PrimaryColumn("bigint", { transformer: bigint }) number: number;
  @PrimaryColumn("integer") month: number;
  @Column("timestamptz") at: Date;
  @Column("text") kind: PostingKind;
  @Column("text") debit: AccountCode;
  @Column("text") credit: AccountCode;
  @Column("bigint", { transformer: bigint }) amountCents: number;
  @Column("text") causeKind: CauseKind;
  @Column("text") causeId: string;
  @Column("text") vat: VatTreatment;
}
