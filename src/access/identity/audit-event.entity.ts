import { Column, Entity, PrimaryColumn } from "typeorm";
import type { JsonValue } from "./json-value";

/** Append-only: the database refuses to change it. */
@Entity("audit_event")
export class AuditEventEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("timestamptz") at: Date;
  @Column("text") actor: string;
  @Column("text") action: string;
  @Column("text") subject: string;
  @Column("uuid", { nullable: true }) supplierId: string | null;
  @Column("jsonb") detail: { readonly [fact: string]: JsonValue };
}
