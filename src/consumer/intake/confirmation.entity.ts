import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ConfirmationChannel } from "../../reference/catalogue";

/** A code on its way to a person. Gone once the request is confirmed or deleted. */
@Entity("confirmation")
export class ConfirmationEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @Column("text") channel: ConfirmationChannel;
  @Column("bytea") contactDigest: Buffer;
  @Column("integer") sends: number;
  @Column("timestamptz") sentAt: Date;
  @Column("timestamptz") expiresAt: Date;
  @Column("integer") checksLeft: number;
}

/** One sending or one try, for the limits. Deleted when it no longer counts. */
@Entity("confirmation_try")
export class ConfirmationTryEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("bytea") contactDigest: Buffer;
  @Column("text") kind: "SEND" | "CHECK";
  @Column("timestamptz") at: Date;
}
