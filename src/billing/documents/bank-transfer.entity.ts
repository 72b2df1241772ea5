import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";

/** A supplier's transfer to our bank account. It is never changed, only marked as reversed. */
@Entity("bank_transfer")
export class BankTransferEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  /** "YYYY-MM-DD" */
  @Column("date") receivedOn: string;
  @Column("bigint", { transformer: bigint }) amountInclVatCents: number;
  @Column("text") bankReference: string;
  @Column("timestamptz") recordedAt: Date;
  @Column("text") recordedBy: string;
  /** The account on which the money was booked: 512 is the bank, 580 awaits its statement, 471 is suspense. */
  @Column("text") cashAccount: string;
  /** The line of the bank statement it was recorded from; null if it was recorded by hand. */
  @Column("uuid", { nullable: true }) lineId: string | null;
  @Column("timestamptz", { nullable: true }) reversedAt: Date | null;
}
