import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ConsentAct } from "./acts";

/** One act of consent. Append-only; the acts of a lead form a hash chain, in which each holds the previous hash. */
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
