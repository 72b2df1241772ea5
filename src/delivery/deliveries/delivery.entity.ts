import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ContactChannel } from "../../reference/catalogue";
import { bigint } from "../../platform/columns";
import type { ConsentBasis } from "./consent-basis";
import type { Reason } from "./why";

/** One lead delivered to one supplier. Its id is random, so that two suppliers cannot tell that they share a lead. */
@Entity("delivery")
export class DeliveryEntity {
  @PrimaryColumn("integer") month: number;
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") leadId: string;
  @Column("uuid") supplierId: string;
  /** True for a sandbox delivery: created on request and free of charge. */
  @Column("boolean", { default: false }) sandbox?: boolean;
  @Column("uuid") campaignId: string;
  @Column("integer") campaignVersion: number;
  @Column("smallint") seat: number;
  @Column("smallint") seats: number;
  @Column("bigint", { transformer: bigint }) priceCents: number;
  @Column("timestamptz") matchedAt: Date;
  /** The channels allowed now. Each withdrawal updates them in its own transaction. */
  @Column("text", { array: true }) channels: ContactChannel[];
  @Column("jsonb") consent: ConsentBasis;
  @Column("jsonb") why: readonly Reason[];
  @Column("timestamptz", { nullable: true }) creditedAt: Date | null;
  @Column("timestamptz", { nullable: true }) revokedAt: Date | null;
  @Column("text", { nullable: true }) revocationReason: string | null;
  @Column("timestamptz", { nullable: true }) acknowledgeBy: Date | null;
  @Column("timestamptz", { nullable: true }) acknowledgedAt: Date | null;
  @Column("text", { nullable: true }) disposition: string | null;
  /** Why the supplier keeps a revoked lead, in its own words. */
  @Column("bytea", { nullable: true }) groundSealed: Buffer | null;
  @Column("smallint", { nullable: true }) groundKeyId: number | null;
}
