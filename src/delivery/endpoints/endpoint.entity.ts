import { Column, Entity, PrimaryColumn } from "typeorm";
import type { FeedKind } from "../../account/feed";
import { bigint } from "../../platform/columns";
import type { EndpointKind, PauseReason } from "./endpoint";
import type { FailureReason } from "./sender";

/** An endpoint to which a supplier has its events sent. The target, its options and the secrets are sealed. */
@Entity("endpoint")
export class EndpointEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") supplierId: string;
  @Column("text") kind: EndpointKind;
  @Column("text") label: string;
  @Column("bytea") targetSealed: Buffer;
  @Column("bytea") optionsSealed: Buffer;
  /** The key of both the target and the options, which are always sealed together. */
  @Column("smallint") targetKeyId: number;
  @Column("text", { array: true, nullable: true }) events: FeedKind[] | null;
  @Column("text", { nullable: true }) document: string | null;
  @Column("uuid", { array: true, nullable: true }) limitSites: string[] | null;
  @Column("uuid", { array: true, nullable: true }) limitCampaigns: string[] | null;
  @Column("bytea", { nullable: true }) secretSealed: Buffer | null;
  @Column("smallint", { nullable: true }) secretKeyId: number | null;
  @Column("bytea", { nullable: true }) previousSecretSealed: Buffer | null;
  @Column("smallint", { nullable: true }) previousSecretKeyId: number | null;
  @Column("timestamptz", { nullable: true }) previousSecretUntil: Date | null;
  /** Counts the changes of the settings, from 1. */
  @Column("integer", { default: 1 }) version: number;
  @Column("text") createdBy: string;
  @Column("timestamptz") createdAt: Date;
  @Column("text") status: "ACTIVE" | "PAUSED";
  @Column("text", { nullable: true }) pauseReason: PauseReason | null;
  @Column("timestamptz", { nullable: true }) pausedAt: Date | null;
  /** All events up to here were delivered, given up, or are not sent to this endpoint. */
  @Column("bigint", { transformer: bigint }) position: number;
  /** The position before a replay: events up to here may have arrived before. */
  @Column("bigint", { transformer: bigint, default: 0 }) replayedThrough: number;
  @Column("integer") attempts: number;
  @Column("timestamptz", { nullable: true }) firstTriedAt: Date | null;
  @Column("integer") failures: number;
  @Column("timestamptz", { nullable: true }) failingSince: Date | null;
  @Column("timestamptz") nextTryAt: Date;
  /** The claim of the process that sends now, and when its lease ends by the database's clock. */
  @Column("uuid", { nullable: true }) leasedBy: string | null;
  @Column("timestamptz", { nullable: true }) leasedUntil: Date | null;
}

/** One attempt, without the contents of the message or the answer. Kept for 30 days. */
@Entity("endpoint_attempt")
export class EndpointAttemptEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") endpointId: string;
  @Column("uuid") supplierId: string;
  @Column("timestamptz") at: Date;
  /** null for a test. */
  @Column("bigint", { nullable: true, transformer: bigint }) position: number | null;
  @Column("text") event: FeedKind | "TEST";
  /** 1 for the first attempt to send the event. */
  @Column("integer") number: number;
  @Column("boolean") delivered: boolean;
  @Column("integer", { nullable: true }) status: number | null;
  @Column("text", { nullable: true }) reason: FailureReason | null;
  @Column("integer") durationMs: number;
}

/** An event that was given up: its position in the feed, and how the last attempt failed. */
@Entity("dead_letter")
export class DeadLetterEntity {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid") endpointId: string;
  @Column("uuid") supplierId: string;
  @Column("bigint", { transformer: bigint }) position: number;
  @Column("text") event: FeedKind;
  @Column("timestamptz") at: Date;
  @Column("integer") attempts: number;
  @Column("integer", { nullable: true }) status: number | null;
  @Column("text") reason: FailureReason;
}
