/**
 * A person who submits again: a supplier does not receive them twice within its duplicate window, and a
 * request that repeats an earlier one shares its seats. Only staff learn of the connection.
 */
import { randomUUID } from "node:crypto";
import { DigestForms } from "../../src/people/leads/digest-forms.service";
import { KeyedDigests } from "../../src/platform/sealed/values";
import { ask, must } from "../support/client";
import { setClock } from "../support/crowd";
import {
  answers,
  confirmMutation,
  inventedPhone,
  newCampaign,
  newSupplier,
  person,
  preview,
  sendLead,
  submit,
  transmitTo,
  wholeFeed,
  type LeadOptions,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
let beside: TestServer;
let owner: Owner;

beforeAll(async () => {
  server = await startTestServer();
  beside = await startTestServer({ beside: server });
  setClock(server, "2026-11-25T10:15:00Z");
  owner = await asOwnerOf(server.database);
});
afterEach(() => owner.rows("UPDATE campaign SET status = 'ARCHIVED'"));
afterAll(async () => {
  await owner.end();
  await beside.stop();
  await server.stop();
});

const dayMs = 86_400_000;

async function garage(change: Record<string, unknown> = {}): Promise<TestSupplier> {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier, change);
  return supplier;
}

/** Sends a lead, waits until it was decided and returns the names of its receivers. */
async function sent(options: LeadOptions): Promise<SentLead & { received: string[] }> {
  const lead = await sendLead(server, options);
  await decided(lead.reference);
  return { ...lead, received: await receivedBy(lead.reference) };
}

const decided = (reference: string): Promise<unknown> =>
  until("the lead was decided", async () => {
    const [row] = await owner.rows(
      "SELECT FROM lead JOIN decision d ON d.lead_id = lead.id WHERE reference = $1",
      [reference],
    );
    return row;
  });

const receivedBy = async (reference: string): Promise<string[]> =>
  (
    await owner.rows(
      `SELECT s.name FROM lead l JOIN delivery d ON d.lead_id = l.id JOIN supplier s ON s.id = d.supplier_id
       WHERE l.reference = $1 ORDER BY d.seat`,
      [reference],
    )
  ).map(({ name }) => name as string);

const joinedTo = async (reference: string): Promise<string | null> => {
  const { decision } = await must(server, server.adminToken, {
    query: "query ($r: ID!) { decision(reference: $r) { joinedTo } }",
    variables: { r: reference },
  });
  return decision.joinedTo as string | null;
};

/**
 * Why the supplier did not receive the lead, from the newest decision, which must replay to the same result.
 */
async function refusalOf(reference: string, { id }: TestSupplier): Promise<string | null> {
  const { decision } = await must(server, server.adminToken, {
    query: "query ($r: ID!) { decision(reference: $r) { decisions { record replaysTheSame } } }",
    variables: { r: reference },
  });
  const { record, replaysTheSame } = decision.decisions.at(-1);
  expect(replaysTheSame).toBe(true);
  const campaign = record.candidates.find((one: { supplierId: string }) => one.supplierId === id).campaignId;
  const verdict = record.outcome.verdicts.find((one: { campaignId: string }) => one.campaignId === campaign);
  return (verdict.reason as string | undefined) ?? null;
}

describe("a campaign's duplicate window", () => {
  const other = (): { field: string; value: unknown }[] => answers({ budgetEuros: 31_000 });

  it("excludes the same person with another need, by address or phone number, and nobody else", async () => {
    const a = await garage();
    const b = await garage();
    const contact = person({ phone: inventedPhone() });
    expect((await sent({ to: [a], contact })).received).toEqual([a.name]);
    const byAddress = await sent({
      to: [a, b],
      contact: { ...contact, phone: inventedPhone() },
      answers: other(),
    });
    expect(byAddress.received).toEqual([b.name]);
    expect(await refusalOf(byAddress.reference, a)).toBe("RECEIVED_RECENTLY");
    const byNumber = await sent({
      to: [a],
      contact: person({ phone: contact["phone"] }),
      answers: answers({ budgetEuros: 32_000 }),
    });
    expect(await refusalOf(byNumber.reference, a)).toBe("RECEIVED_RECENTLY");
    expect((await sent({ to: [a], contact: person({ phone: inventedPhone() }) })).received).toEqual([a.name]);
  });

  it("is a setting of each campaign and ends", async () => {
    const a = await garage({ duplicateWindowDays: 3 });
    const b = await garage({ duplicateWindowDays: 0 });
    const contact = person();
    expect((await sent({ to: [a, b], contact })).received).toHaveLength(2);
    const again = await sent({ to: [a, b], contact, answers: other() });
    expect(again.received).toEqual([b.name]);
    server.clock.forward(3 * dayMs);
    const later = await sent({ to: [a], contact, answers: answers({ budgetEuros: 33_000 }) });
    expect(later.received).toEqual([a.name]);
  });

  it("does not count a lead whose consent was withdrawn", async () => {
    const a = await garage();
    const contact = person();
    const first = await sent({ to: [a], contact });
    await must(server, first.personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
    expect((await sent({ to: [a], contact, answers: other() })).received).toEqual([a.name]);
  });

  it("admits one of two requests confirmed concurrently at two processes", async () => {
    const a = await garage();
    for (let round = 0; round < 5; round++) {
      const contact = person();
      const two = await Promise.all([
        submitted({ to: [a], contact }),
        submitted({ to: [a], contact, answers: other() }),
      ]);
      await Promise.all(two.map((one, index) => confirm(index === 0 ? server : beside, one)));
      for (const { reference } of two) await decided(reference);
      const received = await Promise.all(two.map(({ reference }) => receivedBy(reference)));
      expect(received.flat()).toEqual([a.name]);
    }
  });
});

interface Submitted {
  readonly reference: string;
  readonly demoCode: string;
  readonly personalToken: string;
}

async function submitted(options: LeadOptions & { confirmBy?: string }): Promise<Submitted> {
  const { token } = await preview(server, options.answers && { answers: options.answers });
  const grants = [
    transmitTo(
      options.to.map(({ id }) => id),
      options.channels,
    ),
  ];
  const { contact, confirmBy } = options;
  const { data } = await submit(server, { token, grants, contact, ...(confirmBy && { confirmBy }) });
  return data?.submitLead as Submitted;
}

async function confirm(at: TestServer, { reference, demoCode: code }: Submitted): Promise<any> {
  const variables = { input: { reference, code } };
  return (await must(at, at.formToken, { query: confirmMutation, variables })).confirmPhone;
}

const rowsOf = async (references: readonly string[]): Promise<Record<string, any>[]> =>
  owner.rows(
    `SELECT l.reference, root.reference AS root FROM lead l LEFT JOIN lead root ON root.id = l.joined_lead_id
     WHERE l.reference = ANY ($1)`,
    [references],
  );

describe("a request that repeats an earlier one", () => {
  it("joins it and goes on its remaining seats to suppliers that have not received it", async () => {
    const a = await garage({ pricePerLeadCents: 5_000 });
    const b = await garage({ pricePerLeadCents: 4_000 });
    const [c, d] = [await garage({ pricePerLeadCents: 3_900 }), await garage({ pricePerLeadCents: 3_000 })];
    const contact = person();
    const first = await sent({ to: [a], contact });
    const second = await sent({ to: [a, b, c, d], contact });
    expect(await joinedTo(first.reference)).toBeNull();
    expect(await joinedTo(second.reference)).toBe(first.reference);
    expect(second.received).toEqual([b.name, c.name]);
    expect(await refusalOf(second.reference, d)).toBe("SEATS_TAKEN");
    const [event] = await wholeFeed(server, b);
    const { lead } = await must(server, b.token, {
      query: "query ($id: ID!) { lead(id: $id) { seat seats } }",
      variables: { id: event.leadId },
    });
    expect(lead).toEqual({ seat: 2, seats: 3 });
    const third = await sent({ to: [d], contact });
    expect(await joinedTo(third.reference)).toBe(first.reference);
    expect(third.received).toEqual([]);
  });

  it("is not sold again after an exclusive sale, even if credited or with other suppliers ticked", async () => {
    const a = await garage({ pricePerLeadCents: 5_000, maxSeats: 1 });
    const b = await garage({ pricePerLeadCents: 4_000 });
    const contact = person();
    const first = await sent({ to: [a, b], contact });
    expect(first.received).toEqual([a.name]);
    expect((await sent({ to: [a, b], contact })).received).toEqual([]);
    const [event] = await wholeFeed(server, a);
    await must(server, server.adminToken, {
      query: 'mutation ($id: ID!) { creditLead(leadId: $id, reason: "unreachable") { at } }',
      variables: { id: event.leadId },
    });
    expect((await sent({ to: [b], contact })).received).toEqual([]);
    expect(await receivedBy(first.reference)).toEqual([a.name]);
  });

  it("is not recognised from an unconfirmed phone number or address", async () => {
    const a = await garage({ duplicateWindowDays: 0, maxSeats: 1 });
    const victim = person({ phone: inventedPhone() });
    const stranger = await sent({ to: [a], contact: person({ phone: victim["phone"] }) });
    const own = await sent({ to: [a], contact: victim });
    expect(await joinedTo(own.reference)).toBeNull();
    expect([stranger.received, own.received]).toEqual([[a.name], [a.name]]);
  });

  it("is recognised when one request was confirmed by e-mail and the other by SMS", async () => {
    const a = await garage();
    const contact = person({ phone: "+33612345678" });
    const first = await sent({ to: [a], contact });
    const second = await submitted({ to: [a], contact, confirmBy: "SMS" });
    await confirm(server, second);
    expect(await joinedTo(second.reference)).toBe(first.reference);
  });

  it("is recognised when the address is pasted with invisible characters or another form of its domain", async () => {
    const a = await garage();
    const local = `zelie.${randomUUID().slice(0, 8)}`;
    const first = await sent({ to: [a], contact: person({ email: `${local}@exémple.example` }) });
    for (const email of [`${local}@xn--exmple-cva.example`, ` \ufeff${local}\u200b@EXÉMPLE.example.\u202c`]) {
      const second = await sent({ to: [a], contact: person({ email }) });
      expect(await joinedTo(second.reference)).toBe(first.reference);
    }
  });

  it("is recognised after its digest of an earlier form was computed again, by several processes", async () => {
    const a = await garage();
    const addresses = Array.from({ length: 5 }, () => `zelie.${randomUUID().slice(0, 8)}@exémple.example`);
    const firsts: SentLead[] = [];
    for (const email of addresses) firsts.push(await sent({ to: [a], contact: person({ email }) }));
    // As the version before wrote them: of the address as it was typed.
    const digests = new KeyedDigests(server.keys.indexKey, "lead-email");
    for (const [index, { reference }] of firsts.entries()) {
      await owner.rows(
        `UPDATE lead_index SET form = 1, digest = $2 WHERE kind = 'EMAIL'
         AND lead_id = (SELECT id FROM lead WHERE reference = $1)`,
        [reference, digests.of(addresses[index] ?? "").digest],
      );
    }
    const renew = async ({ running }: TestServer): Promise<number> => {
      const { transact, people } = running.services;
      const forms = new DigestForms(people.leads.vault);
      let renewed = 0;
      for (let some = 1; some > 0; renewed += some)
        some = await transact({ role: "worker" }, (tx) => forms.renew(tx, 2));
      return renewed;
    };
    const renewed = await Promise.all([renew(server), renew(beside)]);
    expect(renewed.reduce((sum, some) => sum + some)).toBeLessThanOrEqual(5);
    expect(await owner.rows("SELECT FROM lead_index WHERE kind = 'EMAIL' AND form < 2")).toEqual([]);
    const again = addresses.map((email) => email.replace("exémple", "xn--exmple-cva"));
    for (const [index, email] of again.entries()) {
      const second = await sent({ to: [a], contact: person({ email }) });
      expect(await joinedTo(second.reference)).toBe(firsts[index]?.reference);
    }
  });

  it("is recognised for 30 days; another place makes it a different need", async () => {
    const a = await garage({ duplicateWindowDays: 0 });
    const contact = person();
    const first = await sent({ to: [a], contact });
    const elsewhere = await sent({ to: [a], contact, location: { postcode: "69100" } });
    expect(await joinedTo(elsewhere.reference)).toBeNull();
    server.clock.forward(30 * dayMs + 60_000);
    const late = await sent({ to: [a], contact });
    expect(await joinedTo(late.reference)).toBeNull();
    expect([first.received, elsewhere.received, late.received]).toEqual([[a.name], [a.name], [a.name]]);
  });

  it("gives the form and the person the same answers as any other request", async () => {
    const a = await garage();
    const repeater = person();
    const first = await sent({ to: [a], contact: repeater });
    const shapes: unknown[] = [];
    // The supplier refuses the second lead for a reason unrelated to the person.
    for (const contact of [repeater, person()]) {
      // Code attempts are counted per contact for ten minutes over all requests.
      server.clock.forward(11 * 60_000);
      const pending = await submitted({ to: [a], contact });
      if (contact !== repeater)
        await owner.rows("UPDATE campaign SET status = 'PAUSED' WHERE supplier_id = $1", [a.id]);
      const wrong = await must(server, server.formToken, {
        query: confirmMutation,
        variables: { input: { reference: pending.reference, code: "000000" } },
      });
      const answer = await confirm(server, pending);
      await decided(pending.reference);
      const again = await confirm(server, pending);
      const { myRequest } = await must(server, pending.personalToken, {
        query: `{ myRequest { state product { id } recipients { supplierId name channels sentAt endedAt acknowledgedAt }
          purposes consent { kind purposes supplierIds channels } answers { field value } } }`,
      });
      expect(answer.reference).toBe(pending.reference);
      expect(answer.reference).not.toBe(first.reference);
      delete answer.reference;
      delete answer.personalToken;
      delete answer.personalLink;
      shapes.push({ wrong, answer, again, myRequest });
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it("is recognised when two are confirmed concurrently at two processes by any channel", async () => {
    const a = await garage({ maxSeats: 1, duplicateWindowDays: 0 });
    for (let round = 0; round < 6; round++) {
      server.clock.forward(11 * 60_000);
      const contact = person({ phone: `+3361234567${String(round)}` });
      const ways = round % 2 === 0 ? ["EMAIL", "EMAIL"] : ["EMAIL", "SMS"];
      const two = [];
      for (const confirmBy of ways) two.push(await submitted({ to: [a], contact, confirmBy }));
      await Promise.all(two.map((one, index) => confirm(index === 0 ? server : beside, one)));
      const references = two.map(({ reference }) => reference);
      const roots = (await rowsOf(references)).map(({ root }) => root as string | null);
      expect(roots.filter((root) => root === null)).toHaveLength(1);
      expect(references).toContain(roots.find((root) => root !== null));
      for (const reference of references) await decided(reference);
      expect((await Promise.all(references.map(receivedBy))).flat()).toEqual([a.name]);
    }
  });

  it("can be withdrawn through either link and revokes each supplier's lead once", async () => {
    const [a, b] = [await garage(), await garage()];
    const contact = person();
    const first = await sent({ to: [a], contact });
    const second = await sent({ to: [a, b], contact });
    await must(server, second.personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
    for (const supplier of [a, b]) {
      expect((await wholeFeed(server, supplier)).map(({ __typename }) => __typename)).toEqual([
        "LeadMatched",
        "LeadRevoked",
      ]);
    }
    await must(server, first.personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
    expect(await wholeFeed(server, a)).toHaveLength(2);
  });

  it("keeps the suppliers that the first link did not withdraw", async () => {
    const [a, b] = [await garage(), await garage()];
    const contact = person();
    const first = await sent({ to: [a], contact });
    await sent({ to: [a, b], contact });
    await must(server, first.personalToken, {
      query: "mutation ($i: WithdrawConsentInput!) { withdrawConsent(input: $i) { state } }",
      variables: { i: { supplierIds: [a.id] } },
    });
    const typesAt = async (supplier: TestSupplier) =>
      (await wholeFeed(server, supplier)).map(({ __typename }) => __typename);
    expect(await typesAt(a)).toEqual(["LeadMatched", "LeadRevoked"]);
    expect(await typesAt(b)).toEqual(["LeadMatched"]);
  });

  it("is erased with the others on request, but alone at the end of its retention", async () => {
    const a = await garage();
    const contact = person();
    const references: string[] = [];
    for (let i = 0; i < 3; i++) {
      references.push((await sent({ to: [a], contact })).reference);
      server.clock.forward(dayMs);
    }
    const erasedOnes = async (): Promise<number> =>
      (
        await owner.rows("SELECT FROM lead WHERE reference = ANY ($1) AND erased_at IS NOT NULL", [
          references,
        ])
      ).length;
    await server.running.services.consumer.person.withdrawals.erase(references[1] ?? "", "retention");
    expect(await erasedOnes()).toBe(1);
    await must(server, server.adminToken, {
      query: "mutation ($r: ID!) { eraseRequest(reference: $r) }",
      variables: { r: references[2] },
    });
    expect(await erasedOnes()).toBe(3);
    const { errors } = await ask(server, a.token, {
      query: "query ($r: ID!) { decision(reference: $r) { joinedTo } }",
      variables: { r: references[2] },
    });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
