/**
 * Replays the decisions of a day: through the API for staff and with the program that requests it hour by
 * hour.
 */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { packDecision, unpackDecision } from "../../src/allocation/matching";
import { ask, must } from "../support/client";
import { allTried, leadIds, setClock } from "../support/crowd";
import { newCampaign, newSupplier, sendLead, type TestSupplier } from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let supplier: TestSupplier;
useServer(async (started) => {
  ({ server, owner } = started);
  setClock(server, "2026-11-24T23:30:00Z");
  supplier = await newSupplier(server);
  await newCampaign(server, supplier, { criteria: [{ field: "budgetEuros", min: 20_000 }] });
});

async function send(): Promise<{ reference: string; id: string }> {
  const { reference } = await sendLead(server, { to: [supplier] });
  const id = (await leadIds(owner, [reference])).get(reference) as string;
  await allTried(owner, [{ id }]);
  return { reference, id };
}

const program = path.join(__dirname, "../../dist/src/cli/replay.js");
async function replay(...given: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env["PATH"], CARATLAS_API_KEY: server.adminToken };
  return promisify(execFile)(process.execPath, [program, ...given], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout, err: stderr };
    },
  );
}

const span = (from: string, until: string) =>
  must(server, server.adminToken, {
    query: `query ($from: DateTime!, $until: DateTime!) { replayDecisions(from: $from, until: $until) {
      same otherRules differing { reference number differences } } }`,
    variables: { from, until },
  }).then(({ replayDecisions }) => replayDecisions);

/** Switches off the triggers that refuse changes, which only a superuser can do. */
async function forge(leadId: string, set: string): Promise<void> {
  await owner.rows("SET session_replication_role = replica");
  await owner.rows(`UPDATE decision SET ${set} WHERE lead_id = $1`, [leadId]);
  await owner.rows("SET session_replication_role = DEFAULT");
}

test("replays a Paris day to the same results and reports the decisions that were changed", async () => {
  // 00:30 on the 25th in Paris, then the evening of the same day, then the day after.
  await send();
  setClock(server, "2026-11-25T22:30:00Z");
  const [changed, broken, erased, earlier] = [await send(), await send(), await send(), await send()];
  setClock(server, "2026-11-25T23:30:00Z");
  await send();

  const before = await replay("2026-11-25", "--url", server.url);
  expect(before).toMatchObject({ code: 0, err: "" });
  expect(before.out).toContain("2026-11-25: 5 decisions, 5 with the same outcome.");
  expect(await span("2026-11-25T23:00:00Z", "2026-11-26T23:00:00Z")).toMatchObject({ same: 1 });

  const [row] = await owner.rows("SELECT packed FROM decision WHERE lead_id = $1", [changed.id]);
  const record = unpackDecision(changed.id, row?.packed as Buffer);
  const [verdict] = record.outcome.verdicts;
  const verdicts = [{ ...verdict, campaignId: verdict?.campaignId ?? "", rank: 1, seat: 3 }];
  const forged = packDecision({ ...record, outcome: { ...record.outcome, verdicts } });
  await forge(changed.id, `packed = '\\x${Buffer.from(forged).toString("hex")}'`);
  await forge(broken.id, "packed = substr(packed, 1, 30)");
  const old = packDecision({ ...unpackDecision(earlier.id, row?.packed as Buffer), rulesVersion: 1 });
  await forge(earlier.id, `packed = '\\x${Buffer.from(old).toString("hex")}'`);
  await must(server, server.adminToken, {
    query: "mutation ($reference: ID!) { eraseRequest(reference: $reference) }",
    variables: { reference: erased.reference },
  });

  const after = await replay("2026-11-25", "--url", server.url);
  expect(after.code).toBe(1);
  // Nothing is left of the erased decision.
  expect(after.out).toContain("2026-11-25: 4 decisions, 1 with the same outcome.");
  expect(after.out).toContain("1 were made under earlier rules and cannot be replayed.");
  expect(after.out).toContain("2 with a different outcome.");
  expect(after.out).toContain(`${changed.reference}, decision 1: [{"path":"outcome.verdicts.0.seat"`);
  expect(after.out).toContain(
    `${broken.reference}, decision 1: [{"path":"record","recorded":"cannot be read"`,
  );
});

test("audits who replayed a period and who read a decision", async () => {
  const { reference, id } = await send();
  await span("2026-11-25T23:00:00Z", "2026-11-26T23:00:00Z");
  await must(server, server.adminToken, {
    query: "query ($reference: ID!) { decision(reference: $reference) { erased } }",
    variables: { reference },
  });
  const rows = await owner.rows(
    "SELECT action, subject, detail FROM audit_event WHERE action IN ('replayDecisions', 'decision') ORDER BY at DESC LIMIT 2",
  );
  expect(rows[0]).toEqual({ action: "decision", subject: `lead:${id}`, detail: {} });
  expect(rows[1]).toMatchObject({ action: "replayDecisions", detail: { from: "2026-11-25T23:00:00.000Z" } });
});

test("the program explains wrong usage, and a supplier may not replay decisions", async () => {
  for (const given of [[], ["yesterday"], ["2026-11-25"], ["2026-02-31", "--url", server.url]]) {
    const { code, err } = await replay(...given);
    expect([code, err]).toEqual([2, expect.stringContaining("Usage: ")]);
  }
  expect(await replay("2026-11-25", "--url", "http://leads.example")).toMatchObject({
    code: 2,
    err: expect.stringContaining("https://") as string,
  });
  const asked = await ask(server, supplier.token, {
    query: `{ replayDecisions(from: "2026-11-25T00:00:00Z", until: "2026-11-26T00:00:00Z") { same } }`,
  });
  expect(asked.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
