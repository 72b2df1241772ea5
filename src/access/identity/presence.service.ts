/**
 * Records which members of suppliers follow the feed right now, across processes. Each process inserts a row when a
 * member connects, renews it every few seconds and deletes it when the member leaves. The rows of a killed process
 * expire. API keys are not recorded, because machines are always connected.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { repeat, type Repeated } from "../../platform/every";
import { randomUUID } from "../../platform/random";
import type { Principal } from "./principal";

/** How long a member counts as connected after the last renewal, and so after their process was killed. */
export const presenceLastsMs = 15_000;
export const presenceRenewedEveryMs = 5_000;

export interface PresenceDeps {
  readonly transact: Transact;
  readonly clock: Clock;
  /**
   * Called in the transaction that records newly connected members. Returns the suppliers that have
   * campaigns requiring a connected member, for which waiting leads are worth another try.
   */
  readonly arrived: (tx: EntityManager, supplierIds: readonly string[]) => Promise<readonly string[]>;
  /** Called after commit with the suppliers that `arrived` returned. */
  readonly opened: (supplierIds: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
  readonly lastsMs?: number;
  readonly renewedEveryMs?: number;
}

interface ConnectedMember {
  readonly memberId: string;
  readonly supplierId: string;
  readonly limits: Principal["limits"];
  /** How many feeds the member follows in this process. */
  feeds: number;
}

export class Presence {
  private readonly processId = randomUUID();
  private readonly connected = new Map<string, ConnectedMember>();
  /** Runs one statement at a time, so that a delayed delete cannot remove a member who has already come back. */
  private working: Promise<void> = Promise.resolve();
  private renewing: Repeated | null = null;

  constructor(private readonly deps: PresenceDeps) {}

  start(): void {
    const { clock, renewedEveryMs = presenceRenewedEveryMs, onError } = this.deps;
    const renew = (): Promise<void> => this.inTurn(() => this.write([...this.connected.values()], "RENEW"));
    this.renewing = repeat(renew, { clock, pauseMs: renewedEveryMs, onError });
  }

  /** Deletes the rows of this process. */
  async stop(): Promise<void> {
    this.connected.clear();
    await this.renewing?.stop();
    await this.inTurn(() => this.remove("process_id = $1", [this.processId]));
  }

  /** Records that a member follows a feed until the returned function is called. Ignores API keys. */
  enter({ kind, consumer, limits, supplierId }: Principal): () => void {
    if (kind !== "SESSION" || supplierId === null) return () => undefined;
    const memberId = consumer.slice("member:".length);
    const feeds = (this.connected.get(memberId)?.feeds ?? 0) + 1;
    this.connected.set(memberId, { memberId, supplierId, limits, feeds });
    void this.inTurn(async () => {
      const member = this.connected.get(memberId);
      if (member) await this.write([member], "ARRIVE");
    });
    let left = false;
    return () => {
      if (!left) this.leave(memberId);
      left = true;
    };
  }

  private leave(memberId: string): void {
    const member = this.connected.get(memberId);
    if (!member) return;
    member.feeds -= 1;
    if (member.feeds > 0) return;
    this.connected.delete(memberId);
    void this.inTurn(async () => {
      if (this.connected.has(memberId)) return;
      await this.remove("process_id = $1 AND member_id = $2", [this.processId, memberId]);
    });
  }

  /** A failed write is repeated by the next renewal, and a failed delete is made up for by expiry. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.working = this.working.then(work).catch(this.deps.onError);
    return this.working;
  }

  /**
   * Writes all members in one statement. `arrived` is called for the suppliers of arriving members, and of renewed
   * members whose row had expired or was missing.
   */
  private async write(members: readonly ConnectedMember[], how: "ARRIVE" | "RENEW"): Promise<void> {
    if (members.length === 0) return;
    const opened = await this.deps.transact({ role: "worker" }, async (tx) => {
      const rows: { supplier_id: string }[] = await tx.query(upsertPresence, [
        this.processId,
        members.map(({ memberId }) => memberId),
        members.map(({ supplierId }) => supplierId),
        members.map(({ limits }) => limits && `{${limits.sites.join(",")}}`),
        members.map(({ limits }) => limits && `{${limits.campaigns.join(",")}}`),
        this.deps.lastsMs ?? presenceLastsMs,
        how === "ARRIVE",
      ]);
      if (how === "RENEW") await tx.query(deleteStale);
      const suppliers = rows.map((row) => row.supplier_id);
      return suppliers.length === 0 ? [] : this.deps.arrived(tx, suppliers);
    });
    if (opened.length > 0) this.deps.opened(opened);
  }

  private async remove(which: string, parameters: unknown[]): Promise<void> {
    await this.deps.transact({ role: "worker" }, (tx) =>
      tx.query(`DELETE FROM presence WHERE ${which}`, parameters),
    );
  }
}

const upsertPresence = `
  WITH there AS (SELECT member_id FROM presence WHERE process_id = $1 AND seen_until > present()),
  written AS (
    INSERT INTO presence (process_id, member_id, supplier_id, limit_sites, limit_campaigns, seen_until)
    SELECT $1, member_id, supplier_id, sites::uuid[], campaigns::uuid[], present() + $6 * interval '1 ms'
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS p (member_id, supplier_id, sites, campaigns)
    ON CONFLICT (process_id, member_id) DO UPDATE SET seen_until = excluded.seen_until,
      limit_sites = excluded.limit_sites, limit_campaigns = excluded.limit_campaigns
    RETURNING member_id, supplier_id)
  SELECT DISTINCT supplier_id FROM written WHERE $7 OR member_id NOT IN (SELECT member_id FROM there)`;

/** Deletes the rows that killed processes left behind. */
const deleteStale = "DELETE FROM presence WHERE seen_until < present() - interval '1 hour'";
