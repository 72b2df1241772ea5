import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ContactKind } from "./contact";

/** The person, sealed under a key of this lead's own. Deleting the row erases the person. */
@Entity("lead_secret")
export class LeadSecretEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  /** Of the master key that wraps the lead's own. */
  @Column("smallint") keyId: number;
  @Column("bytea") wrappedKey: Buffer;
  @Column("bytea") sealed: Buffer;
}

/** Finds the leads of a person again, without telling who that is. */
@Entity("lead_index")
export class LeadIndexEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @PrimaryColumn("text") kind: ContactKind;
  /** While there are several index keys, a lead has an entry under each: so it meets earlier leads of its person. */
  @PrimaryColumn("smallint") keyId: number;
  @Column("bytea") digest: Buffer;
  /** The person entered the code that was sent to this contact. */
  @Column("boolean") proven: boolean;
}
