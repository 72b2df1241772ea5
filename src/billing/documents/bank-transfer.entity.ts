import { Column, Entity, PrimaryColumn } from "typeorm";
import { bigint } from "../../platform/columns";

/** A supplier's transfer to our bank account, as shown on the bank statement. Append-only. */
@Entity("bank_transfer")
export class BankTransferEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  /** "YYYY-MM-DD" */
  @Column("date") receivedOn: string;
  @Column("bigint", { transformer: bigint }) amountInclVatCents: number;
  @Column("text", { unique: true }) bankReference: string;
  @Column("timestamptz") recordedAt: Date;
  @Column("text") recordedBy: string;
}
