import { Column, Entity, PrimaryColumn } from "typeorm";

/** The person, sealed under a key of this lead's own. Deleting the row is the erasure. */
@Entity("lead_secret")
export class LeadSecretEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @Column("bytea") wrappedKey: Buffer;
  @Column("bytea") sealed: Buffer;
}

/** Finds a person's leads again without being able to read whom they belong to. */
@Entity("lead_index")
export class LeadIndexEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @PrimaryColumn("text") kind: "EMAIL" | "PHONE";
  @Column("bytea") digest: Buffer;
  /** The person entered the code that was sent there. */
  @Column("boolean") proven: boolean;
}
