import { randomBytes, randomUUID } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import { entities } from "../../src/app/entities";
import { ConsentRecord } from "../../src/people/consent/consent-record.service";
import { UnconfirmedRequests } from "../../src/people/leads/unconfirmed.service";
import { UnconfirmedCleaner } from "../../src/consumer/intake/unconfirmed.job";
import { openSource } from "../../src/platform/pools";
import { clockShowing } from "../support/clock";
import { ask, must } from "../support/client";
import {
  confirmMutation,
  inventedPhone,
  newCampaign,
  newSupplier,
  person,
  preview,
  sendLead,
  submit,
  type TestSupplier,
  transmitTo,
} from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
/** Connects as the owner of the database, who bypasses every policy, to simulate an attacker. */
let source: DataSource;
let atlas: TestSupplier;
let borel: TestSupplier;
const record = new ConsentRecord();

// Registered before the server's own clean-up, so that it runs first.
afterAll(() => source.destroy());
useServer(async (started) => {
  ({ server, owner } = started);
  source = await openSource({ url: server.database.ownerUrl, entities, poolSize: 2 });
  [atlas, borel] = [await newSupplier(server), await newSupplier(server)];
  await newCampaign(server, atlas);
  await newCampaign(server, borel);
});

interface Sent {
  readonly id: string;
  readonly reference: string;
  readonly personalToken: string;
  readonly demoCode: string;
}

async function sendUnconfirmed(): Promise<Sent> {
  const { token } = await preview(server);
  const grants = [transmitTo([atlas.id, borel.id], ["EMAIL"])];
  const { data } = await submit(server, { token, contact: person(), grants });
  const { reference, personalToken, demoCode } = data?.["submitLead"] as Omit<Sent, "id">;
  return { reference, personalToken, demoCode, id: await idOf(reference) };
}
async function sendConfirmed(): Promise<Omit<Sent, "demoCode">> {
  const sent = await sendLead(server, { to: [atlas, borel] });
  return { ...sent, id: await idOf(sent.reference) };
}
const idOf = async (reference: string): Promise<string> =>
  (await owner.rows("SELECT id FROM lead WHERE reference = $1", [reference]))[0]?.["id"] as string;
const withdraw = (token: string, input: Record<string, unknown> = {}) =>
  must(server, token, {
    query: "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { state } }",
    variables: { input },
  });
const isIntact = (leadId: string): Promise<boolean> =>
  server.running.services.transact({ role: "worker" }, (tx) => record.isIntact(tx, leadId));

describe("the hash chain of a consent", () => {
  let leadId: string;

  beforeAll(async () => {
    const { id, personalToken } = await sendConfirmed();
    leadId = id;
    await withdraw(personalToken, { supplierIds: [borel.id] });
    await withdraw(personalToken);
  });

  it("is intact and in the order of the acts", async () => {
    const acts = await owner.rows(
      "SELECT number, content->>'kind' AS kind FROM consent_act WHERE lead_id = $1 ORDER BY 1",
      [leadId],
    );
    expect(acts).toEqual([
      { number: 1, kind: "GIVEN" },
      { number: 2, kind: "WITHDRAWN" },
      { number: 3, kind: "WITHDRAWN" },
    ]);
    expect(await isIntact(leadId)).toBe(true);
  });

  it("stays intact under concurrent withdrawals and records each withdrawal once", async () => {
    const channels = ["PHONE", "SMS", "EMAIL"];
    const contact = person({ phone: inventedPhone() });
    const sent = await sendLead(server, { to: [atlas, borel], channels, contact });
    const id = await idOf(sent.reference);
    const each = [atlas, borel].flatMap((supplier) =>
      channels.map((channel) => ({ supplierIds: [supplier.id], channels: [channel] })),
    );
    await Promise.all([...each, ...each].map((input) => withdraw(sent.personalToken, input)));
    const acts = await owner.rows("SELECT number FROM consent_act WHERE lead_id = $1 ORDER BY number", [id]);
    expect(acts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await isIntact(id)).toBe(true);
  });

  /** Whether the record is intact after these changes, which are rolled back afterwards. */
  async function isIntactAfter(
    ...steps: readonly (string | ((tx: EntityManager) => Promise<void>))[]
  ): Promise<boolean> {
    const runner = source.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query("SET LOCAL session_replication_role = replica");
      for (const step of steps) {
        if (typeof step === "string") await runner.query(step, [leadId]);
        else await step(runner.manager);
      }
      return await record.isIntact(runner.manager, leadId);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
  const act = (change: string, number: number): string =>
    `UPDATE consent_act SET ${change} WHERE lead_id = $1 AND number = ${String(number)}`;
  const gone = (number: string): string => `DELETE FROM consent_act WHERE lead_id = $1 AND number ${number}`;

  it("stays intact after an update that changes nothing", async () => {
    expect(await isIntactAfter(act("content = content", 1))).toBe(true);
  });

  it.each<[string, readonly string[]]>([
    [
      "a grant was widened",
      [act(`content = jsonb_set(content, '{grants,0,channels}', '["PHONE","EMAIL"]')`, 1)],
    ],
    [
      "a name that was shown was changed",
      [act(`content = jsonb_set(content, '{shown,0,name}', '"Autre"')`, 1)],
    ],
    ["a withdrawal was narrowed", [act(`content = content || '{"channels":["PHONE"]}'`, 2)]],
    ["a withdrawal was dated later", [act("at = at + interval '1 ms'", 2)]],
    ["the last act was changed", [act(`content = content || '{"purpose":"AUDIENCES"}'`, 3)]],
    ["a hash was changed", [act("hash = sha256(hash)", 2)]],
    ["the last hash was changed", [act("hash = sha256(hash)", 3)]],
    ["a link was changed", [act("previous_hash = sha256(previous_hash)", 3)]],
    ["a link was cut", [act("previous_hash = NULL", 2)]],
    ["the first act has a predecessor", [act("previous_hash = hash", 1)]],
    ["the first act is missing", [gone("= 1")]],
    [
      "the first act is missing and the others were renumbered",
      [gone("= 1"), act("number = 1", 2), act("number = 2", 3)],
    ],
    ["an act between two others is missing", [gone("= 2")]],
    [
      "an act between two others is missing and its number was given away",
      [gone("= 2"), act("number = 2", 3)],
    ],
    ["two acts changed places", [act("number = 9", 2), act("number = 2", 3), act("number = 3", 9)]],
    ["everything is missing", [gone("> 0")]],
  ])("is broken when %s", async (_, statements) => {
    expect(await isIntactAfter(...statements)).toBe(false);
    expect(await isIntact(leadId)).toBe(true);
  });

  it("is broken when a forged first act with a correct hash and link replaces the original", async () => {
    const declared = { formVersion: 1, language: "FR" as const, textHash: "" };
    const wider = { kind: "GIVEN" as const, shown: [], grants: [], declared };
    const putIn = (tx: EntityManager): Promise<void> =>
      record.append(tx, leadId, { at: new Date(0), content: wider });
    expect(await isIntactAfter(gone("> 0"), putIn)).toBe(true);
    const putBack = async (tx: EntityManager): Promise<void> => {
      await tx.query("INSERT INTO consent_act SELECT * FROM kept");
    };
    const mended = act("previous_hash = (SELECT hash FROM consent_act WHERE lead_id = $1 AND number = 1)", 2);
    const keep = async (tx: EntityManager): Promise<void> => {
      await tx.query(
        `CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM consent_act WHERE lead_id = '${leadId}' AND number > 1`,
      );
    };
    expect(await isIntactAfter(keep, gone("> 0"), putIn, putBack, mended)).toBe(false);
  });

  it("is broken when acts are copied from another lead", async () => {
    const other = (await sendConfirmed()).id;
    const copied = `UPDATE consent_act c SET content = o.content, at = o.at, previous_hash = o.previous_hash, hash = o.hash
      FROM consent_act o WHERE c.lead_id = $1 AND c.number = 1 AND o.lead_id = '${other}' AND o.number = 1`;
    expect(await isIntactAfter(gone("> 1"))).toBe(true);
    expect(await isIntactAfter(gone("> 1"), copied)).toBe(false);
  });
});

describe("the database", () => {
  const asEach: readonly (readonly [string, (sql: string, id: string) => Promise<unknown>])[] = [
    ["its owner", (sql, id) => owner.rows(sql, [id])],
    [
      "the application",
      (sql, id) => server.running.services.transact({ role: "worker" }, (tx) => tx.query<unknown>(sql, [id])),
    ],
  ];
  const acts = async (id: string): Promise<number> =>
    (await owner.rows("SELECT FROM consent_act WHERE lead_id = $1", [id])).length;

  it.each(asEach)("refuses to delete an act of a confirmed request, even for %s", async (_, run) => {
    const { id } = await sendConfirmed();
    await expect(run("DELETE FROM consent_act WHERE lead_id = $1", id)).rejects.toMatchObject({
      code: "23001",
    });
    expect(await acts(id)).toBe(1);
    expect(await isIntact(id)).toBe(true);
  });

  it("refuses to change an act, confirmed or not, and to truncate the table", async () => {
    const change = "UPDATE consent_act SET at = now() WHERE lead_id = $1";
    for (const { id } of [await sendConfirmed(), await sendUnconfirmed()]) {
      await expect(owner.rows(change, [id])).rejects.toMatchObject({ code: "23001" });
      const asWorker = server.running.services.transact({ role: "worker" }, (tx) => tx.query(change, [id]));
      await expect(asWorker).rejects.toMatchObject({ code: "42501" });
    }
    await expect(owner.rows("TRUNCATE consent_act")).rejects.toMatchObject({ code: "23001" });
  });

  it.each(asEach)("lets %s delete an act of a request that was never confirmed", async (_, run) => {
    const { id } = await sendUnconfirmed();
    await run("DELETE FROM consent_act WHERE lead_id = $1", id);
    expect(await acts(id)).toBe(0);
  });
});

describe("requests that were never confirmed", () => {
  const hourMs = 3_600_000;
  /**
   * A cleaner whose clock is ahead. The server's own cleaner runs at the same time and finds nothing due yet.
   */
  const cleanerIn = (ms: number): UnconfirmedCleaner =>
    new UnconfirmedCleaner(
      server.running.services.transact,
      new UnconfirmedRequests(new ConsentRecord()),
      clockShowing(() => new Date(Date.now() + ms)),
    );
  let due: UnconfirmedCleaner;
  const tables = ["lead_need", "lead_secret", "lead_index", "confirmation", "consent_act", "decision"];

  const rowsOf = async (id: string): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const [table, column] of [["lead", "id"], ...tables.map((table) => [table, "lead_id"])]) {
      const rows = await owner.rows(`SELECT FROM ${String(table)} WHERE ${String(column)} = $1`, [id]);
      counts[String(table)] = rows.length;
    }
    return counts;
  };
  const nothing = Object.fromEntries(["lead", ...tables].map((table) => [table, 0]));

  // Deletes what other tests left behind, so that it is not counted here.
  beforeEach(async () => {
    due = cleanerIn(72 * hourMs + 60_000);
    await due.run();
  });

  it("are deleted completely after 72 hours and not before, including those withdrawn or erased", async () => {
    const [plain, half, withdrawn, erased] = [
      await sendUnconfirmed(),
      await sendUnconfirmed(),
      await sendUnconfirmed(),
      await sendUnconfirmed(),
    ];
    await withdraw(half.personalToken, { supplierIds: [atlas.id] });
    await withdraw(withdrawn.personalToken);
    await must(server, server.adminToken, {
      query: "mutation ($reference: ID!) { eraseRequest(reference: $reference) }",
      variables: { reference: erased.reference },
    });
    expect(await cleanerIn(72 * hourMs - 60_000).run()).toBe(0);
    expect(await rowsOf(plain.id)).toEqual({
      ...{
        lead: 1,
        lead_need: 1,
        lead_secret: 1,
        lead_index: 1,
        confirmation: 1,
        consent_act: 1,
        decision: 0,
      },
    });
    expect(await due.run()).toBe(4);
    for (const { id } of [plain, half, withdrawn, erased]) expect(await rowsOf(id)).toEqual(nothing);
    expect(await due.run()).toBe(0);
  });

  it("leave neither a working link nor a working code", async () => {
    const { reference, personalToken, demoCode } = await sendUnconfirmed();
    await due.run();
    const link = await ask(server, personalToken, { query: "{ myRequest { state } }" });
    expect(link.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    const code = await ask(server, server.formToken, {
      query: confirmMutation,
      variables: { input: { reference, code: demoCode } },
    });
    expect(code.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });

  it("are deleted without affecting confirmed requests, withdrawn or not", async () => {
    const [kept, withdrawn] = [await sendConfirmed(), await sendConfirmed()];
    await withdraw(withdrawn.personalToken);
    const before = [await rowsOf(kept.id), await rowsOf(withdrawn.id)];
    await sendUnconfirmed();
    expect(await due.run()).toBe(1);
    // The allocation runs at the same time and may add a decision; it deletes nothing.
    const after = [await rowsOf(kept.id), await rowsOf(withdrawn.id)];
    for (const [index, counts] of after.entries()) {
      expect(counts).toMatchObject({ ...before[index], decision: expect.any(Number) as number });
      expect(counts["consent_act"]).toBe(index + 1);
    }
  });

  it("are not deleted while one is being confirmed, nor afterwards", async () => {
    const { id } = await sendUnconfirmed();
    const runner = source.createQueryRunner();
    await runner.startTransaction();
    await runner.query("SELECT FROM lead WHERE id = $1 FOR UPDATE", [id]);
    expect(await due.run()).toBe(0);
    await runner.query("UPDATE lead SET state = 'OPEN', confirmed_at = now() WHERE id = $1", [id]);
    await runner.commitTransaction();
    await runner.release();
    expect(await due.run()).toBe(0);
    expect(await rowsOf(id)).toMatchObject({ lead: 1, consent_act: 1 });
  });

  it("are each deleted once by several concurrent cleaners", async () => {
    const many = 1_703;
    const copy = (await sendUnconfirmed()).id;
    await owner.rows(
      `INSERT INTO lead (month, id, reference, product_id, state, submitted_at, wait_until, waiting_for, seats_taken)
       SELECT l.month, gen_random_uuid(), $2 || n, product_id, state, submitted_at, wait_until, waiting_for, 0
       FROM lead l, generate_series(2, $3) n WHERE l.id = $1`,
      [copy, randomUUID(), many],
    );
    // Confirmation tries that all three cleaners want to delete at the same time, in any order.
    await owner.rows(
      `INSERT INTO confirmation_try (id, contact_digest, key_id, kind, at)
       SELECT gen_random_uuid(), $1, 1, 'SEND', now() FROM generate_series(1, 300)`,
      [randomBytes(32)],
    );
    const deleted = await Promise.all([due.run(), due.run(), due.run()]);
    expect(deleted.reduce((sum, count) => sum + count)).toBe(many);
    expect(await owner.rows("SELECT FROM lead WHERE confirmed_at IS NULL")).toEqual([]);
    expect(await owner.rows("SELECT FROM confirmation_try")).toEqual([]);
  });
});
