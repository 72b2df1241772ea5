import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ConsentAct } from "./acts";

/** Append-only, and a chain per lead: each act carries the hash of the one before it. */
@Entity("consent_act")
export class ConsentActEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @PrimaryColumn("integer") number: number;
  @Column("timestamptz") at: Date;
  @Column("jsonb") content: ConsentAct;
  @Column("bytea", { nullable: true }) previousHash: Buffer | null;
  @Column("bytea") hash: Buffer;
}
