import { Column, Entity, PrimaryColumn } from "typeorm";

/** The one row with facts about this database as a whole. */
@Entity("installation")
export class InstallationEntity {
  @PrimaryColumn("boolean") id: boolean;
  /** Changed after a restore to an earlier point in time, so that older feed cursors are refused. */
  @Column("uuid") feedEpoch: string;
  /** A digest made with the current keys, which tells whether a server has them. */
  @Column("bytea", { nullable: true }) keyCheck: Buffer | null;
}
