import { Column, Entity, PrimaryColumn } from "typeorm";

/** Somebody whom a supplier serves already, known by a hash under that supplier's key only. */
@Entity("own_customer")
export class OwnCustomerEntity {
  @PrimaryColumn("uuid") supplierId: string;
  @PrimaryColumn("bytea") hash: Buffer;
  @Column("timestamptz") uploadedAt: Date;
}
