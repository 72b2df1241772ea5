import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { BillingMode, Suspension } from "./account";
import type { VatTreatment } from "./vat";

/** Where a supplier stands, and the counters of its postings and of its feed. Locked before it is changed. */
@Entity("supplier_account")
export class SupplierAccountEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @Column("text") mode: BillingMode;
  @Column("text", { default: "STANDARD" }) vatTreatment: VatTreatment;
  @Column({ type: "text", nullable: true, insert: false, update: false }) suspension: Suspension | null;
  @Column({ type: "timestamptz", nullable: true, insert: false, update: false }) suspendedAt: Date | null;
  @Column({ type: "bigint", transformer: bigint, nullable: true, insert: false, update: false })
  alertBelowCents: number | null;
  /** When it was said that the balance is low; null once it is not. */
  @Column({ type: "timestamptz", nullable: true, insert: false, update: false }) alertedAt: Date | null;
  /** At most so much a month of Paris; null: no limit. */
  @Column({ type: "bigint", transformer: bigint, nullable: true, insert: false, update: false })
  spendCapCents: number | null;
  /** "YYYY-MM": the month that `spendLeftCents` is of. */
  @Column({ type: "text", nullable: true, insert: false, update: false }) spendMonth: string | null;
  @Column({ type: "bigint", transformer: bigint, nullable: true, insert: false, update: false })
  spendLeftCents: number | null;
  /** "YYYY-MM": the month in which it was said that the limit is reached. */
  @Column({ type: "text", nullable: true, insert: false, update: false }) spendTold: string | null;
  @Column("bigint", { transformer: bigint }) balanceCents: number;
  @Column("bigint", { transformer: bigint }) creditLimitCents: number;
  @Column("bigint", { transformer: bigint }) lastPosting: number;
  @Column("bigint", { transformer: bigint }) lastPosition: number;
  /** When something last opened here: a campaign, money, a limit. Waiting leads are tried again after it. */
  @Column("timestamptz") openedAt: Date;
}
