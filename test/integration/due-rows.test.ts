/**
 * Every worker of due rows keeps the same promises, whichever table it works on: another worker takes over
 * from a killed one, two workers share the rows, failed work is retried later each time and given up at the
 * limit if there is one, and a worker whose lease was taken over changes nothing. The test's own clock moves
 * the time.
 */
import type { EntityManager } from "typeorm";
import { entities } from "../../src/app/entities";
import { FlowBook } from "../../src/billing/dispatch/flow-book.service";
import { SendingBook } from "../../src/billing/dispatch/sending-book.service";
import { sendingPolicy } from "../../src/billing/dispatch/sendings.job";
import { flowPolicy, reportPolicy } from "../../src/billing/dispatch/flow-sending.job";
import { ReportBook } from "../../src/billing/dispatch/report-book.service";
import { paymentPolicy } from "../../src/billing/payments/collecting.service";
import { EventBook } from "../../src/billing/payments/event-book.service";
import { eventPolicy } from "../../src/billing/payments/stripe-inbox.service";
import { PaymentBook } from "../../src/billing/payments/payment-book.service";
import { RefundBook } from "../../src/billing/payments/refund-book.service";
import { refundPolicy } from "../../src/billing/payments/refunds.service";
import { InvoiceRunBook, type InvoiceRunRow } from "../../src/billing/documents/invoice-run-book.service";
import { invoiceRunPolicy } from "../../src/billing/documents/invoice-runner.job";
import { afterAttempt, freshAt } from "../../src/delivery/endpoints/after-attempt";
import { endpointBackOff, failedEventLimits } from "../../src/delivery/endpoints/backoff";
import type { EndpointProgress } from "../../src/delivery/endpoints/endpoint";
import type { EndpointEntity } from "../../src/delivery/endpoints/endpoint.entity";
import { Leases } from "../../src/delivery/endpoints/leases.service";
import { systemClock, type Clock } from "../../src/platform/clock";
import { transactOn, type Transact } from "../../src/platform/database";
import { openDatabase, type Database } from "../../src/platform/pools";
import { DueRows, type DueOutcome, type DuePolicy, type Hold } from "../../src/platform/due-rows/due-rows";
import type { DueRow, DueStatements, Claimed } from "../../src/platform/due-rows/statements";
import { newId } from "../../src/platform/ids";
import { isSpent, waitAfter, type Attempted } from "../../src/shared/retry";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { asOwnerOf, type Owner } from "../support/rows";

const start = new Date("2026-11-26T10:00:00Z");
let now = start;
let periods = 0;
const clock: Clock = {
  ...systemClock,
  now: () => now,
  get movedMs() {
    return now.getTime() - start.getTime();
  },
};
const forward = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

let database: TestDatabase;
let owner: Owner;
let pools: Database;
let transact: Transact;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
  // Switches off foreign keys, because the rows are inserted without those they refer to.
  await owner.rows("SET session_replication_role = replica");
  await owner.rows("ALTER TABLE endpoint DROP CONSTRAINT endpoint_supplier_id_fkey");
  pools = await openDatabase({ url: database.url, entities });
  transact = transactOn(pools, clock);
});
afterAll(async () => {
  await pools.destroy();
  await owner.end();
  await database.drop();
});

interface Subject {
  readonly policy: DuePolicy;
  readonly statements: DueStatements<DueRow, any>;
  /** Inserts the n-th row, which is due now. */
  readonly insert: (n: number) => Promise<string>;
  readonly clear: string;
  readonly row: string;
  /** When the row is due next or its lease ends; null when it is done or given up. */
  readonly dueAt: string;
  /** Any extra effect of successful work besides its answer. */
  readonly act?: (id: string) => Promise<void>;
}

const subjects: readonly Subject[] = [
  {
    policy: sendingPolicy,
    statements: new SendingBook(clock) as DueStatements<any, void>,
    clear: "DELETE FROM document_sending",
    row: "SELECT * FROM document_sending WHERE id = $1",
    dueAt: "SELECT next_try_at AS at FROM document_sending WHERE id = $1",
    insert: async () => {
      const id = newId();
      await owner.rows(
        `INSERT INTO document_sending (id, document_id, supplier_id, to_address, state, attempts, next_try_at, asked_at, asked_by)
         VALUES ($1, $2, $2, 'compta@garage.example', 'WAITING', 0, $3, $3, 'test')`,
        [id, newId(), now],
      );
      return id;
    },
  },
  {
    policy: flowPolicy,
    statements: new FlowBook(clock) as DueStatements<any, string>,
    clear: "DELETE FROM einvoice_flow",
    row: "SELECT * FROM einvoice_flow WHERE id = $1",
    dueAt: "SELECT next_try_at AS at FROM einvoice_flow WHERE id = $1",
    insert: async () => {
      const id = newId();
      await owner.rows(
        `INSERT INTO einvoice_flow (id, document_id, supplier_id, kind, state, attempts, next_try_at, created_at)
         VALUES ($1, $2, $2, 'DOCUMENT', 'WAITING', 0, $3, $3)`,
        [id, newId(), now],
      );
      return id;
    },
  },
  {
    policy: reportPolicy,
    statements: new ReportBook(clock) as DueStatements<any, string>,
    clear: "DELETE FROM sales_report",
    row: "SELECT * FROM sales_report WHERE id = $1",
    dueAt: "SELECT next_try_at AS at FROM sales_report WHERE id = $1",
    insert: async () => {
      const id = newId();
      await owner.rows(
        `INSERT INTO sales_report (id, period_from, period_to, due_on, kind, documents, state, attempts, next_try_at, created_at)
         VALUES ($1, date '2026-01-01' + $3::integer, '2199-01-01', '2199-02-01', 'INITIAL', 1, 'WAITING', 0, $2, $2)`,
        [id, now, periods++],
      );
      return id;
    },
  },
  {
    policy: eventPolicy,
    statements: new EventBook() as DueStatements<any, void>,
    clear: "DELETE FROM stripe_event",
    row: "SELECT * FROM stripe_event WHERE id = $1",
    dueAt: "SELECT next_try_at AS at FROM stripe_event WHERE id = $1",
    insert: async () => {
      const id = `evt_${newId()}`;
      await transact({ role: "worker" }, (tx) =>
        new EventBook().insert(tx, { id, type: "payout.paid", objectId: "po_1" }, now),
      );
      return id;
    },
  },
  {
    policy: paymentPolicy,
    statements: new PaymentBook(),
    clear: "DELETE FROM stripe_payment",
    row: "SELECT * FROM stripe_payment WHERE id = $1",
    dueAt: "SELECT next_try_at AS at FROM stripe_payment WHERE id = $1",
    insert: async () => {
      const id = newId();
      await owner.rows(
        `INSERT INTO stripe_payment (id, supplier_id, amount_incl_vat_cents, status, requested_at, requested_by, next_try_at)
         VALUES ($1, $2, 1200, 'CREATED', $3, 'test', $3)`,
        [id, newId(), now],
      );
      return id;
    },
    act: (id) =>
      transact({ role: "worker" }, (tx) =>
        new PaymentBook().move(tx, id, { status: "CANCELED", intentId: id, failure: null, nextTryAt: null }),
      ),
  },
  {
    policy: refundPolicy,
    statements: new RefundBook(),
    clear: "DELETE FROM stripe_refund",
    row: "SELECT * FROM stripe_refund WHERE id = $1",
    dueAt: "SELECT next_try_at AS at FROM stripe_refund WHERE id = $1",
    insert: async () => {
      const id = newId();
      await owner.rows(
        `INSERT INTO stripe_refund (id, supplier_id, payment_id, document_id, amount_incl_vat_cents, status, requested_at,
           requested_by, next_try_at)
         VALUES ($1, $2, $2, $2, 1200, 'CREATED', $3, 'test', $3)`,
        [id, newId(), now],
      );
      return id;
    },
    act: (id) =>
      transact({ role: "worker" }, (tx) =>
        new RefundBook().move(tx, id, {
          ...{ status: "SUCCEEDED" as const, refundId: id, failure: null },
          ...{ nextTryAt: null, returnedAt: null },
        }),
      ),
  },
  {
    policy: invoiceRunPolicy,
    statements: new InvoiceRunBook(clock) as DueStatements<any, void>,
    clear: "DELETE FROM invoice_run",
    row: "SELECT * FROM invoice_run WHERE id = $1",
    dueAt: "SELECT leased_until AS at FROM invoice_run WHERE id = $1 AND ended_at IS NULL",
    insert: async (n) => {
      const id = newId();
      await owner.rows(
        `INSERT INTO invoice_run (id, month, requested_by, requested_at, suppliers, done, documents, failed, leased_until)
         VALUES ($1, $2, 'test', $3, 0, 0, 0, '[]', '-infinity')`,
        [id, `2026-0${n + 1}`, now],
      );
      return id;
    },
  },
];

/** An endpoint with one event due, as its pipeline claims it, moves it and lets go of it. */
function endpoints(): Subject {
  const leaseMs = 40_000;
  const leasesNow = (): Leases => new Leases({ transact, clock, leaseSeconds: leaseMs / 1_000 });
  type Row = DueRow & EndpointEntity;
  const moveTo = async (tx: EntityManager, row: Row, progress: EndpointProgress): Promise<boolean> => {
    const isMoved = await leasesNow().move(tx, row, { from: row.position, progress });
    await leasesNow().release(tx, row);
    return isMoved;
  };
  const failed = { kind: "FAILED", reason: "NOT_ACCEPTED", status: 500, retryAfterMs: null } as const;
  const afterFailure = (row: Row) =>
    afterAttempt(row, { position: row.position + 1, sent: failed, at: now, draw: 1 });
  const statements: DueStatements<Row, void> = {
    claim: async () => {
      const wanted = { free: 1, each: 1, taken: [] };
      const [working] = await leasesNow().claim({ ...wanted, failing: false });
      const row = working ?? (await leasesNow().claim({ ...wanted, failing: true }))[0];
      return row ? { ...row, since: row.firstTriedAt ?? now } : null;
    },
    done: (tx, row) => moveTo(tx, row, freshAt(row.position + 1, now)),
    retry: async (tx, row, { failure }) => {
      if (failure !== null) return moveTo(tx, row, afterFailure(row).progress);
      await leasesNow().release(tx, row);
      return true;
    },
    giveUp: (tx, row) => {
      expect(afterFailure(row).dead).not.toBeNull();
      return moveTo(tx, row, afterFailure(row).progress);
    },
  };
  return {
    policy: { name: "endpoint", leaseMs, rule: { backOff: endpointBackOff, limits: failedEventLimits } },
    statements: statements as DueStatements<any, void>,
    clear: "DELETE FROM endpoint",
    row: "SELECT * FROM endpoint WHERE id = $1",
    dueAt: `SELECT next_try_at AS at FROM endpoint e JOIN supplier_account a USING (supplier_id)
      WHERE e.id = $1 AND a.last_position > e.position`,
    insert: async () => {
      const [id, supplierId] = [newId(), newId()];
      await owner.rows(
        `INSERT INTO supplier_account (supplier_id, mode, balance_cents, credit_limit_cents, last_posting, last_position,
           opened_at) VALUES ($1, 'PREPAID', 0, 0, 0, 1, $2)`,
        [supplierId, now],
      );
      await owner.rows(
        `INSERT INTO endpoint (id, supplier_id, kind, label, target_sealed, target_key_id, options_sealed, created_by,
           created_at, status, position, attempts, failures, next_try_at)
         VALUES ($1, $2, 'WEBHOOK', 'test', '', 1, '', 'test', $3, 'ACTIVE', 0, 0, 0, $3)`,
        [id, supplierId, now],
      );
      return id;
    },
  };
}

async function claimedBy<Row extends DueRow>(worker: DueRows<Row, any>): Promise<Claimed<Row>> {
  const row = await worker.claim();
  if (!row) throw new Error("Nothing was due.");
  return row;
}

describe.each([...subjects, endpoints()].map((subject) => [subject.policy.name, subject] as const))(
  "due rows of %s",
  (_, subject) => {
    const { policy, statements } = subject;
    let worked: string[] = [];

    beforeEach(async () => {
      now = start;
      worked = [];
      await owner.rows(subject.clear);
    });

    const succeed = async (id: string): Promise<Attempted<any>> => {
      await subject.act?.(id);
      return { kind: "DONE", value: `answer to ${id}` };
    };
    const fail = (): Promise<Attempted<any>> => Promise.resolve({ kind: "FAILED", failure: "NOT_NOW" });

    function workerThat(
      behave: (id: string, signal: AbortSignal) => Promise<Attempted<any>>,
    ): DueRows<DueRow, any> {
      return new DueRows({
        ...policy,
        statements,
        transact,
        clock,
        draw: () => 1,
        work: ({ id }, { signal }) => {
          worked.push(id);
          return behave(id, signal);
        },
        onError: (error) => {
          throw error;
        },
        settled: () => undefined,
      });
    }
    const insert = async (count: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let n = 0; n < count; n++) ids.push(await subject.insert(n));
      return ids;
    };
    const only = async (): Promise<string> => (await insert(1))[0] ?? "";
    const run = (worker: DueRows<DueRow, any>): Promise<number> => worker.run(new AbortController().signal);
    const rowOf = async (id: string) => (await owner.rows(subject.row, [id]))[0];
    const dueAt = async (id: string): Promise<Date | null> =>
      (await owner.rows(subject.dueAt, [id]))[0]?.["at"] ?? null;

    it("are taken over by another worker when the lease of a killed one ends, and not before", async () => {
      const id = await only();
      await claimedBy(workerThat(succeed));
      const next = workerThat(succeed);
      forward(policy.leaseMs / 2);
      expect(await run(next)).toBe(0);
      forward(policy.leaseMs / 2);
      expect(await run(next)).toBe(1);
      expect(worked).toEqual([id]);
      expect(await dueAt(id)).toBeNull();
    });

    it("are each done once by two concurrent workers", async () => {
      const ids = await insert(8);
      const done = await Promise.all([run(workerThat(succeed)), run(workerThat(succeed))]);
      expect(done[0] + done[1]).toBe(8);
      expect([...worked].sort()).toEqual([...ids].sort());
      forward(policy.leaseMs);
      expect(await run(workerThat(succeed))).toBe(0);
    });

    it("are retried after growing delays while the work fails, and given up at the limit if there is one", async () => {
      const id = await only();
      const worker = workerThat(fail);
      const { limits, backOff } = policy.rule;
      const hasLimit = limits.mostAttempts !== null || limits.longestMs !== null;
      for (let failures = 1; failures <= (hasLimit ? 200 : 12); failures++) {
        expect(await run(worker)).toBe(0);
        expect(worked).toHaveLength(failures);
        const due = await dueAt(id);
        const isCounted = "attempts" in ((await rowOf(id)) ?? {});
        const tried = { failures: isCounted ? failures : 1, ageMs: now.getTime() - start.getTime() };
        if (isSpent(limits, tried)) return expect(due).toBeNull();
        const waitMs = waitAfter(backOff, tried, { draw: 1, retryAfterMs: null });
        expect((due?.getTime() ?? 0) - now.getTime()).toBe(waitMs);
        forward(waitMs - 1);
        await run(worker);
        expect(worked).toHaveLength(failures);
        forward(1);
      }
      expect(hasLimit).toBe(false);
    });

    it("are not changed by a late worker whose lease was taken over, before or after the other finishes", async () => {
      const id = await only();
      const [late, other] = [workerThat(succeed), workerThat(succeed)];
      const lost = await claimedBy(late);
      forward(policy.leaseMs);
      const held = await claimedBy(other);
      const before = await rowOf(id);
      expect(await workerThat(fail).attempt(lost)).toBe("LOST");
      expect(await rowOf(id)).toEqual(before);
      expect(await other.attempt(held)).toBe<DueOutcome>("DONE");
      const after = await rowOf(id);
      forward(1_000);
      expect(await workerThat(fail).attempt(lost)).toBe("LOST");
      await late.attempt(lost);
      expect(await rowOf(id)).toEqual(after);
    });

    it("are released at once by a stopped worker, without counting a failure", async () => {
      const id = await only();
      const stopping = new AbortController();
      const worker = workerThat((_id, signal) => {
        stopping.abort();
        return Promise.reject(signal.reason as Error);
      });
      expect(await worker.run(stopping.signal)).toBe(0);
      expect(await dueAt(id)).toEqual(now);
      expect((await rowOf(id))?.["failure"] ?? null).toBeNull();
      expect(await run(workerThat(succeed))).toBe(1);
    });
  },
);

describe("an invoice run of several steps", () => {
  const runs = new InvoiceRunBook(clock);
  const subject = subjects.find(({ policy }) => policy === invoiceRunPolicy);
  const step = { documents: 1, failed: [] };
  let id = "";

  beforeEach(async () => {
    now = start;
    await owner.rows("DELETE FROM invoice_run");
    id = (await subject?.insert(0)) ?? "";
  });

  const workerThat = (work: (hold: Hold) => Promise<void>): DueRows<InvoiceRunRow, void> =>
    new DueRows({
      ...invoiceRunPolicy,
      ...{ statements: runs, transact, clock },
      work: async (_run, hold) => {
        await work(hold);
        return { kind: "DONE", value: undefined };
      },
      onError: () => undefined,
      settled: () => undefined,
    });
  const moveOn = (hold: Hold): Promise<void> =>
    hold.renew((tx, lease) => runs.moveOn(tx, id, { ...step, ...lease }));
  const progress = async () =>
    (
      await owner.rows(
        "SELECT done, documents, ended_at IS NOT NULL AS ended FROM invoice_run WHERE id = $1",
        [id],
      )
    )[0];

  it("renews its lease with each step, however long the whole run takes", async () => {
    const worker = workerThat(async (hold) => {
      for (let n = 0; n < 3; n++) {
        forward(invoiceRunPolicy.leaseMs - 1);
        expect(await workerThat(moveOn).claim()).toBeNull();
        await moveOn(hold);
      }
    });
    expect(await worker.run(new AbortController().signal)).toBe(1);
    expect(await progress()).toEqual({ done: 3, documents: 3, ended: true });
  });

  it("rolls back a step of a worker whose lease was taken over and continues with the other worker", async () => {
    const other = workerThat(moveOn);
    const taken: Claimed<InvoiceRunRow>[] = [];
    const late = workerThat(async (hold) => {
      await moveOn(hold);
      forward(invoiceRunPolicy.leaseMs);
      taken.push(await claimedBy(other));
      await hold.renew(async (tx, lease) => {
        await tx.query("UPDATE invoice_run SET suppliers = 99 WHERE id = $1", [id]);
        return runs.moveOn(tx, id, { ...step, ...lease });
      });
    });
    expect(await late.attempt(await claimedBy(late))).toBe("LOST");
    expect(await progress()).toEqual({ done: 1, documents: 1, ended: false });
    expect((await owner.rows("SELECT suppliers FROM invoice_run WHERE id = $1", [id]))[0]).toEqual({
      suppliers: 0,
    });
    for (const held of taken) expect(await other.attempt(held)).toBe("DONE");
    expect(await progress()).toEqual({ done: 2, documents: 2, ended: true });
  });
});
