import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ContactKind } from "./contact";

/** The person behind a lead, sealed under a key of that lead. Deleting the row erases the person. */
@Entity("lead_secret")
export class LeadSecretEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  /** The id of the master key that wraps the lead's key. */
  @Column("smallint") keyId: number;
  @Column("bytea") wrappedKey: Buffer;
  @Column("bytea") sealed: Buffer;
}

/**
 * The form of the contacts in new digests. Form 1 was the address as it was written; since form 2 its domain is in
 * ASCII, and it has no invisible characters.
 */
export const currentForm = 2;

/** Finds other leads of the same person by keyed digests of their contacts, without revealing the contacts. */
@Entity("lead_index")
export class LeadIndexEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") leadId: string;
  @PrimaryColumn("text") kind: ContactKind;
  /** While there are several index keys, a lead has an entry under each, so that earlier leads are still found. */
  @PrimaryColumn("smallint") keyId: number;
  @Column("bytea") digest: Buffer;
  /** Rows of an earlier form are computed again by digest-forms.service.ts. */
  @Column("smallint", { default: 1 }) form: number;
  /** Whether the person entered the code that was sent to this contact. */
  @Column("boolean") proven: boolean;
}
