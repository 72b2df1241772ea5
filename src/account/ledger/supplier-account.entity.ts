import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";
import type { BillingMode, Suspension } from "./account";
import type { VatTreatment } from "./vat-regimes";

/** A supplier's account, with the counters of its postings and of its feed. It is locked before any change. */
@Entity("supplier_account")
export class SupplierAccountEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @Column("text") mode: BillingMode;
  @Column("text", { default: "STANDARD" }) vatTreatment: VatTreatment;
  @Column({ type: "text", nullable: true, insert: false, update: false }) suspension: Suspension | null;
  @Column({ type: "timestamptz", nullable: true, insert: false, update: false }) suspendedAt: Date | null;
  @Column({ type: "bigint", transformer: bigint, nullable: true, insert: false, update: false })
  alertBelowCents: number | null;
  /** When the low-balance alert was raised; null once the balance is above the threshold again. */
  @Column({ type: "timestamptz", nullable: true, insert: false, update: false }) alertedAt: Date | null;
  /** The most that can be charged per month (Paris time); null: no limit. */
  @Column({ type: "bigint", transformer: bigint, nullable: true, insert: false, update: false })
  spendCapCents: number | null;
  /** "YYYY-MM": the month to which `spendLeftCents` applies. */
  @Column({ type: "text", nullable: true, insert: false, update: false }) spendMonth: string | null;
  @Column({ type: "bigint", transformer: bigint, nullable: true, insert: false, update: false })
  spendLeftCents: number | null;
  /** "YYYY-MM": the month in which the supplier was notified that its limit is reached. */
  @Column({ type: "text", nullable: true, insert: false, update: false }) spendTold: string | null;
  @Column("bigint", { transformer: bigint }) balanceCents: number;
  @Column("bigint", { transformer: bigint }) creditLimitCents: number;
  @Column("bigint", { transformer: bigint }) lastPosting: number;
  @Column("bigint", { transformer: bigint }) lastPosition: number;
  /**
   * When a campaign, money or a limit was last opened for this supplier. Leads waiting since before are
   * retried.
   */
  @Column("timestamptz") openedAt: Date;
}
