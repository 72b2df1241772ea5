import { Column, Entity, PrimaryColumn } from "typeorm";

/** One row: what is true of this database as a whole. */
@Entity("installation")
export class InstallationEntity {
  @PrimaryColumn("boolean") id: boolean;
  /** Changed after a restore to an earlier point in time, so that older feed cursors are refused. */
  @Column("uuid") feedEpoch: string;
  /** A digest made with the current keys, which tells whether a server has them. */
  @Column("bytea", { nullable: true }) keyCheck: Buffer | null;
}
