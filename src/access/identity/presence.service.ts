/**
 * Who of the suppliers' people follows the feed right now, across processes. Each process writes down its own
 * people when they come, says every few seconds that they are still there, and takes them away when they go; who
 * was with a process that is killed is gone when that runs out. A machine's key is nobody: it is always there.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { repeat, type Repeated } from "../../platform/every";
import { randomUUID } from "../../platform/random";
import type { Principal } from "./principal";

/** How long somebody counts as there after their process last said so: so long after it was killed, too. */
export const presenceLastsMs = 15_000;
export const presenceRenewedEveryMs = 5_000;

export interface PresenceDeps {
  readonly transact: Transact;
  readonly clock: Clock;
  /** Told in the transaction that writes down who came. Answers at which suppliers that opens something. */
  readonly arrived: (tx: EntityManager, supplierIds: readonly string[]) => Promise<readonly string[]>;
  /** Called after commit. */
  readonly opened: (supplierIds: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
  readonly lastsMs?: number;
  readonly renewedEveryMs?: number;
}

interface Somebody {
  readonly memberId: string;
  readonly supplierId: string;
  readonly limits: Principal["limits"];
  /** The feeds that they follow here. */
  feeds: number;
}

export class Presence {
  private readonly processId = randomUUID();
  private readonly here = new Map<string, Somebody>();
  /** One statement after the other: who leaves and comes back at once must not be taken away afterwards. */
  private working: Promise<void> = Promise.resolve();
  private renewing: Repeated | null = null;

  constructor(private readonly deps: PresenceDeps) {}

  start(): void {
    const { clock, renewedEveryMs = presenceRenewedEveryMs, onError } = this.deps;
    const renew = (): Promise<void> => this.inTurn(() => this.write([...this.here.values()], "RENEW"));
    this.renewing = repeat(renew, { clock, pauseMs: renewedEveryMs, onError });
  }

  /** Whoever is still there goes with the process. */
  async stop(): Promise<void> {
    this.here.clear();
    await this.renewing?.stop();
    await this.inTurn(() => this.remove("process_id = $1", [this.processId]));
  }

  /** Somebody follows a feed from now on, until what this gives is called. A machine's key is nobody. */
  enter({ kind, consumer, limits, supplierId }: Principal): () => void {
    if (kind !== "SESSION" || supplierId === null) return () => undefined;
    const memberId = consumer.slice("member:".length);
    const feeds = (this.here.get(memberId)?.feeds ?? 0) + 1;
    this.here.set(memberId, { memberId, supplierId, limits, feeds });
    void this.inTurn(async () => {
      const somebody = this.here.get(memberId);
      if (somebody) await this.write([somebody], "ARRIVE");
    });
    let left = false;
    return () => {
      if (!left) this.leave(memberId);
      left = true;
    };
  }

  private leave(memberId: string): void {
    const somebody = this.here.get(memberId);
    if (!somebody) return;
    somebody.feeds -= 1;
    if (somebody.feeds > 0) return;
    this.here.delete(memberId);
    void this.inTurn(async () => {
      if (this.here.has(memberId)) return;
      await this.remove("process_id = $1 AND member_id = $2", [this.processId, memberId]);
    });
  }

  /** What fails is said again within seconds, or runs out. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.working = this.working.then(work).catch(this.deps.onError);
    return this.working;
  }

  /** All in one statement. Who arrives opens something; of those who are renewed, who had run out meanwhile. */
  private async write(people: readonly Somebody[], how: "ARRIVE" | "RENEW"): Promise<void> {
    if (people.length === 0) return;
    const opened = await this.deps.transact({ role: "worker" }, async (tx) => {
      const rows: { supplier_id: string }[] = await tx.query(writing, [
        this.processId,
        people.map(({ memberId }) => memberId),
        people.map(({ supplierId }) => supplierId),
        people.map(({ limits }) => limits && `{${limits.sites.join(",")}}`),
        people.map(({ limits }) => limits && `{${limits.campaigns.join(",")}}`),
        this.deps.lastsMs ?? presenceLastsMs,
        how === "ARRIVE",
      ]);
      if (how === "RENEW") await tx.query(forgetting);
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

const writing = `
  WITH there AS (SELECT member_id FROM presence WHERE process_id = $1 AND seen_until > present()),
  written AS (
    INSERT INTO presence (process_id, member_id, supplier_id, limit_sites, limit_campaigns, seen_until)
    SELECT $1, member_id, supplier_id, sites::uuid[], campaigns::uuid[], present() + $6 * interval '1 ms'
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS p (member_id, supplier_id, sites, campaigns)
    ON CONFLICT (process_id, member_id) DO UPDATE SET seen_until = excluded.seen_until,
      limit_sites = excluded.limit_sites, limit_campaigns = excluded.limit_campaigns
    RETURNING member_id, supplier_id)
  SELECT DISTINCT supplier_id FROM written WHERE $7 OR member_id NOT IN (SELECT member_id FROM there)`;

/** What processes that were killed have left behind. */
const forgetting = "DELETE FROM presence WHERE seen_until < present() - interval '1 hour'";
