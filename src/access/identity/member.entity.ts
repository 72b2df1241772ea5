import { Column, Entity, PrimaryColumn } from "typeorm";
import type { Role } from "./principal";

/** A person who signs in. Name and e-mail address are sealed; the address is found by its digest. */
@Entity("member")
export class MemberEntity {
  @PrimaryColumn("uuid") id: string;
  /** null for staff. */
  @Column("uuid", { nullable: true }) supplierId: string | null;
  @Column("text") role: Role;
  @Column("bytea") identitySealed: Buffer;
  @Column("smallint") identityKeyId: number;
  @Column("bytea", { unique: true }) emailDigest: Buffer;
  @Column("smallint") emailKeyId: number;
  /** Only the gate may read it, so it is not selected with the others. */
  @Column("text", { select: false }) passwordHash: string;
  /** Attempts since the last success, counted before the password is checked. */
  @Column("integer") failedSignIns: number;
  @Column("timestamptz", { nullable: true }) lockedUntil: Date | null;
  @Column("timestamptz", { nullable: true }) disabledAt: Date | null;
  /** Both lists are null when the member is not limited. */
  @Column("uuid", { array: true, nullable: true }) limitSites: string[] | null;
  @Column("uuid", { array: true, nullable: true }) limitCampaigns: string[] | null;
  /** Counts the changes of the limits, from 1. */
  @Column("integer", { default: 1 }) version: number;
  @Column("timestamptz") createdAt: Date;
}

@Entity("session")
export class SessionEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") memberId: string;
  /** Copied from the member, because row-level security needs it here. */
  @Column("uuid", { nullable: true }) supplierId: string | null;
  @Column("bytea", { unique: true, select: false }) tokenHash: Buffer;
  @Column("timestamptz") createdAt: Date;
  @Column("timestamptz") expiresAt: Date;
  @Column("timestamptz", { nullable: true }) revokedAt: Date | null;
}
