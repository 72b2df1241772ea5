import { Column, Entity, PrimaryColumn } from "typeorm";
import type { Role } from "./principal";

/** A machine's API key. Only the hash of its token is stored; the token itself is shown once. */
@Entity("api_key")
export class ApiKeyEntity {
  @PrimaryColumn("uuid") id: string;
  /** null for form sites and staff. */
  @Column("uuid", { nullable: true }) supplierId: string | null;
  /** Whether the supplier is a sandbox. */
  @Column("boolean", { default: false }) sandbox: boolean;
  @Column("text") role: Role;
  @Column("text") label: string;
  /** Only the gate may read it, so it is not selected with the others. */
  @Column("bytea", { unique: true, select: false }) tokenHash: Buffer;
  /** For FORM keys: the web origins that may use the key; empty allows any. */
  @Column("text", { array: true }) origins: string[];
  /** Both lists are null when the key is not limited. */
  @Column("uuid", { array: true, nullable: true }) limitSites: string[] | null;
  @Column("uuid", { array: true, nullable: true }) limitCampaigns: string[] | null;
  @Column("timestamptz") createdAt: Date;
  @Column("timestamptz", { nullable: true }) revokedAt: Date | null;
}
