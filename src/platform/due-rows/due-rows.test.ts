/** What DueRows does with rows in memory. test/integration/due-rows.test.ts shows the same for each table. */
import type { EntityManager } from "typeorm";
import type { Attempted } from "../../shared/retry";
import { systemClock } from "../clock";
import { DueRows, type DueOutcome, type DueRowsDeps } from "./due-rows";
import type { Claimed, DueRow, DueStatements } from "./statements";

interface Kept {
  readonly id: string;
  readonly since: Date;
  attempts: number;
  dueAt: Date | null;
  failure: string | null;
}

const start = new Date("2026-11-30T10:00:00Z");
const [secondMs, minuteMs] = [1_000, 60_000];
const leaseMs = 30 * secondMs;
const rule = {
  backOff: { by: "FAILURES", waitsMs: [minuteMs, 5 * minuteMs], jitter: 0, shortestMs: secondMs },
  limits: { mostAttempts: 3, longestMs: null },
} as const;
const done: Attempted<string> = { kind: "DONE", value: "answer" };
const failed: Attempted<string> = { kind: "FAILED", failure: "REFUSED_BY_SERVER" };

let now: Date;
let kept: Map<string, Kept>;
let answers: Map<string, string>;
let outcomes: DueOutcome[];
let errors: unknown[];

beforeEach(() => {
  now = start;
  kept = new Map();
  answers = new Map();
  outcomes = [];
  errors = [];
});

function forward(ms: number): void {
  now = new Date(now.getTime() + ms);
}

function add(...ids: string[]): void {
  for (const id of ids) kept.set(id, { id, since: now, attempts: 0, dueAt: now, failure: null });
}

function rowOf(id: string): Kept {
  const row = kept.get(id);
  if (!row) throw new Error(`No row ${id}`);
  return row;
}

/** Changes the row and answers true while it is still held until the same instant. */
function change({ id, heldUntil }: Claimed<DueRow>, to: Partial<Kept>): Promise<boolean> {
  const isHeld = rowOf(id).dueAt?.getTime() === heldUntil.getTime();
  if (isHeld) Object.assign(rowOf(id), to);
  return Promise.resolve(isHeld);
}

const withoutGivingUp: DueStatements<DueRow, string> = {
  claim(_, lease) {
    const due = [...kept.values()].find(({ dueAt }) => dueAt !== null && dueAt <= lease.now);
    if (!due) return Promise.resolve(null);
    const { id, attempts, since } = due;
    Object.assign(due, { attempts: attempts + 1, dueAt: lease.until });
    return Promise.resolve({ id, attempts, since });
  },
  done(_, row, value) {
    answers.set(row.id, value);
    return change(row, { dueAt: null });
  },
  retry: (_, row, { at, failure }) =>
    change(row, { dueAt: at, ...(failure === null ? { attempts: row.attempts } : { failure }) }),
};

const statements: DueStatements<DueRow, string> = {
  ...withoutGivingUp,
  giveUp: (_, row, failure) => change(row, { dueAt: null, failure }),
};

function worker(
  work: DueRowsDeps<DueRow, string>["work"],
  change: Partial<DueRowsDeps<DueRow, string>> = {},
): DueRows<DueRow, string> {
  return new DueRows({
    ...{ name: "test", leaseMs, rule, statements, work },
    transact: (_, inside) => inside({} as EntityManager),
    clock: { ...systemClock, now: () => now },
    onError: (error) => errors.push(error),
    settled: (_, outcome) => outcomes.push(outcome),
    ...change,
  });
}

async function claimed(by: DueRows<DueRow, string>): Promise<Claimed<DueRow>> {
  const row = await by.claim();
  if (!row) throw new Error("Nothing was due.");
  return row;
}

const signal = new AbortController().signal;

it("works through all rows that are due, and leaves the others", async () => {
  add("a", "b");
  forward(-minuteMs);
  add("c");
  rowOf("a").dueAt = new Date(start.getTime() + minuteMs);
  now = start;
  expect(await worker(async () => done).run(signal)).toBe(2);
  expect([...answers.keys()].sort()).toEqual(["b", "c"]);
  expect(rowOf("a").attempts).toBe(0);
});

it("claims a row until its lease ends, then another worker takes it over", async () => {
  add("a");
  const [first, second] = [worker(async () => done), worker(async () => done)];
  expect((await claimed(first)).heldUntil).toEqual(new Date(start.getTime() + leaseMs));
  forward(leaseMs - 1);
  expect(await second.claim()).toBeNull();
  forward(1);
  expect(await claimed(second)).toMatchObject({ id: "a", attempts: 1 });
});

it("changes nothing when the lease was taken over", async () => {
  add("a");
  const late = worker(async () => failed);
  const row = await claimed(late);
  forward(leaseMs);
  await claimed(worker(async () => done));
  const after = { ...rowOf("a") };
  expect(await late.attempt(row)).toBe("LOST");
  expect(rowOf("a")).toEqual(after);
});

it("retries later after each failure and gives up at the limit", async () => {
  add("a");
  const failing = worker(async () => failed);
  const waits: (number | null)[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(await failing.run(signal)).toBe(0);
    const { dueAt } = rowOf("a");
    waits.push(dueAt && dueAt.getTime() - now.getTime());
    forward(5 * minuteMs);
  }
  expect(waits).toEqual([minuteMs, 5 * minuteMs, null]);
  expect(rowOf("a").failure).toBe("REFUSED_BY_SERVER");
  expect(outcomes).toEqual(["RETRY", "RETRY", "GIVEN_UP"]);
});

it("gives up at once what will never succeed", async () => {
  add("a");
  await worker(async () => ({ kind: "REFUSED", failure: "NO_SUCH_ADDRESS" })).run(signal);
  expect(rowOf("a")).toMatchObject({ dueAt: null, failure: "NO_SUCH_ADDRESS", attempts: 1 });
});

it("fails when it has to give up a row without a statement for it", async () => {
  add("a");
  const work = async (): Promise<Attempted<string>> => ({ kind: "REFUSED", failure: "NEVER" });
  await expect(worker(work, { statements: withoutGivingUp }).run(signal)).rejects.toThrow(
    "there is no statement for it",
  );
});

it("counts a thrown error as a failure with its name, and goes on with the next row", async () => {
  add("a", "b");
  const work = async ({ id }: DueRow): Promise<Attempted<string>> => {
    if (id === "a") throw new RangeError("a is odd");
    return done;
  };
  expect(await worker(work).run(signal)).toBe(1);
  expect(rowOf("a")).toMatchObject({ failure: "RangeError", dueAt: new Date(start.getTime() + minuteMs) });
  expect(errors).toEqual([new RangeError("a is odd")]);
});

it("releases the row at once, uncounted, when the worker is stopped", async () => {
  add("a", "b");
  const stopping = new AbortController();
  const work = async (): Promise<Attempted<string>> => {
    stopping.abort();
    throw new Error("stopped");
  };
  expect(await worker(work).run(stopping.signal)).toBe(0);
  expect(rowOf("a")).toMatchObject({ attempts: 0, failure: null, dueAt: now });
  expect([outcomes, errors]).toEqual([["RELEASED"], []]);
  expect(rowOf("b").attempts).toBe(0);
});

it("renews the lease with each step of longer work, and loses it when a step finds it taken over", async () => {
  add("a");
  let isHeld = true;
  const work: DueRowsDeps<DueRow, string>["work"] = async (_, hold) => {
    for (const taken of [false, false, true]) {
      forward(leaseMs - secondMs);
      isHeld = !taken;
      await hold.renew(async (_tx, lease) => {
        const held = isHeld && rowOf("a").dueAt?.getTime() === lease.heldUntil.getTime();
        if (held) rowOf("a").dueAt = lease.until;
        return held;
      });
    }
    return done;
  };
  await worker(work).run(signal);
  expect(outcomes).toEqual(["LOST"]);
  const lastRenewed = now.getTime() - (leaseMs - secondMs) + leaseMs;
  expect(rowOf("a").dueAt).toEqual(new Date(lastRenewed));
  expect(answers.size).toBe(0);
});

it("runs one call at a time", async () => {
  add("a", "b");
  let working = 0;
  const work = async (): Promise<Attempted<string>> => {
    working += 1;
    expect(working).toBe(1);
    await Promise.resolve();
    working -= 1;
    return done;
  };
  const rows = worker(work);
  await Promise.all([rows.run(signal), rows.run(signal)]);
  expect(errors).toEqual([]);
  expect(answers.size).toBe(2);
});
