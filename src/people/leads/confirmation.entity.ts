import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ConfirmationChannel } from "../../reference/catalogue";

/** A code that was sent to a person. The row is deleted once the request is confirmed, erased or deleted. */
@Entity("confirmation")
export class ConfirmationEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @Column("text") channel: ConfirmationChannel;
  @Column("bytea") contactDigest: Buffer;
  @Column("smallint") keyId: number;
  @Column("integer") sends: number;
  @Column("timestamptz") sentAt: Date;
  @Column("timestamptz") expiresAt: Date;
  @Column("integer") checksLeft: number;
}
