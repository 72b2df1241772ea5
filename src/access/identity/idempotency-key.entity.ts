import { Column, Entity, PrimaryColumn } from "typeorm";
import type { JsonValue } from "./json-value";

/** A request that was made once. The answer holds ids only; it is null while the first one is at work. */
@Entity("idempotency_key")
export class IdempotencyKeyEntity {
  @PrimaryColumn("text") principal: string;
  @PrimaryColumn("text") operation: string;
  @PrimaryColumn("text") key: string;
  @Column("uuid", { nullable: true }) supplierId: string | null;
  @Column("bytea") inputDigest: Buffer;
  @Column("jsonb", { nullable: true }) answer: JsonValue;
  @Column("timestamptz") createdAt: Date;
}
