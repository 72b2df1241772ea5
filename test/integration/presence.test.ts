/**
 * A campaign can require that a member who may see it follows the feed, at whichever process. Until then
 * leads wait, as they wait for money. The members connected to a killed process soon count as gone.
 */
import { randomUUID } from "node:crypto";
import type { Principal } from "../../src/access/identity";
import {
  Presence,
  presenceLastsMs,
  presenceRenewedEveryMs,
} from "../../src/access/identity/presence.service";
import { must, subscribe, type Subscription } from "../support/client";
import { allTried, leadIds, receiversOf } from "../support/crowd";
import {
  newCampaign,
  newKey,
  newSupplier,
  preview,
  sendLead,
  siretOf,
  type TestSupplier,
} from "../support/journey";
import { MovableClock } from "../support/clock";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;

useServer((started) => {
  ({ server, owner } = started);
});

afterEach(() => owner.rows("UPDATE campaign SET status = 'ARCHIVED'"));

interface Person {
  readonly id: string;
  readonly token: string;
}

async function newPerson(of: TestSupplier, limits: Record<string, unknown> = {}): Promise<Person> {
  const who = { email: `${randomUUID()}@garage.example`, password: "une phrase assez longue" };
  const { createMember } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
    variables: {
      input: { role: "SUPPLIER_SALES", supplierId: of.id, name: "Vendeuse", ...who, ...limits },
    },
  });
  const { signIn } = await must(server, null, {
    query:
      "mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on SignedIn { token } } }",
    variables: who,
  });
  return { id: createMember.id, token: signIn.token };
}

const follow = (token: string, at: TestServer = server): Subscription<any> =>
  subscribe(at, token, {
    query: "subscription { leadFeed { __typename ... on LeadMatched { lead { id } } } }",
  });

async function send(to: TestSupplier): Promise<{ id: string; reference: string }> {
  const { reference } = await sendLead(server, { to: [to] });
  const id = (await leadIds(owner, [reference])).get(reference) as string;
  await allTried(owner, [{ id }]);
  return { id, reference };
}

/** The newest verdict; every decision must replay to the same result. */
async function lastVerdict(reference: string): Promise<any> {
  const { decision } = await must(server, server.adminToken, {
    query: `query ($reference: ID!) { decision(reference: $reference) { decisions {
      replaysTheSame verdicts { seat reason fr: text(language: FR) en: text(language: EN) change(language: EN) } } } }`,
    variables: { reference },
  });
  expect(decision.decisions.map(({ replaysTheSame }: any) => replaysTheSame)).not.toContain(false);
  return decision.decisions.at(-1).verdicts[0];
}

const arrived = (id: string, supplier: TestSupplier): Promise<unknown> =>
  until("the lead arrives", async () => (await receiversOf(owner, id)).includes(supplier.id));

const thereOf = async (supplier: TestSupplier): Promise<string[]> =>
  (
    await owner.rows(
      "SELECT member_id FROM presence WHERE supplier_id = $1 AND seen_until > clock_timestamp()",
      [supplier.id],
    )
  ).map(({ member_id }) => member_id as string);

const triedAt = async (id: string): Promise<Date> =>
  (await owner.rows("SELECT tried_at FROM lead WHERE id = $1", [id]))[0]?.["tried_at"] as Date;

/** Rows that ran out still stand there, so this holds only once the server has deleted them. */
const allHaveLeft = (supplier: TestSupplier): Promise<unknown> =>
  until("no presence is recorded", async () => {
    const rows = await owner.rows("SELECT FROM presence WHERE supplier_id = $1", [supplier.id]);
    return rows.length === 0;
  });

const isThere = (supplier: TestSupplier, people: readonly string[]): Promise<unknown> =>
  until("those who are there are written down", async () => {
    const there = await thereOf(supplier);
    return there.length === people.length && people.every((id) => there.includes(id));
  });

it("members connected to a killed process count as gone within 20 seconds", () => {
  expect(presenceLastsMs).toBeLessThanOrEqual(20_000);
  // A member remains present when one renewal fails.
  expect(presenceRenewedEveryMs * 2).toBeLessThan(presenceLastsMs);
});

it("a lead waits until a member follows the feed; an integration key does not count, and previews show the campaign", async () => {
  const supplier = await newSupplier(server);
  const campaign = await newCampaign(server, supplier, { onlyWhenConnected: true });
  const machine = follow(supplier.token);
  expect((await preview(server)).recipients.map(({ supplierId }) => supplierId)).toContain(supplier.id);
  const waiting = await send(supplier);
  expect(await lastVerdict(waiting.reference)).toEqual({
    seat: null,
    reason: "NOBODY_CONNECTED",
    fr: "La campagne ne veut de demandes que lorsque quelqu’un du fournisseur est connecté, et personne ne l’était.",
    en: "The campaign takes leads only while a member of the supplier is connected, and nobody was.",
    change: "A connected member who may see the campaign.",
  });
  const now = async (): Promise<any> =>
    (
      await must(server, supplier.token, {
        query: "query ($id: ID!) { campaign(id: $id) { status onlyWhenConnected somebodyConnected } }",
        variables: { id: campaign },
      })
    ).campaign;
  expect(await now()).toEqual({ status: "ACTIVE", onlyWhenConnected: true, somebodyConnected: false });
  const person = await newPerson(supplier);
  const feed = follow(person.token);
  expect(await feed.next()).toMatchObject({ __typename: "LeadMatched" });
  expect(await now()).toMatchObject({ somebodyConnected: true });
  expect((await machine.next()).__typename).toBe("LeadMatched");
  expect(await lastVerdict(waiting.reference)).toMatchObject({ seat: 1, reason: null });
  // A second window of the same member: they stay present until the last one is closed.
  const again = follow(person.token);
  await again.next();
  await feed.stop();
  const taken = await send(supplier);
  await arrived(taken.id, supplier);
  await isThere(supplier, [person.id]);
  await again.stop();
  await allHaveLeft(supplier);
  const late = await send(supplier);
  expect(await lastVerdict(late.reference)).toMatchObject({ reason: "NOBODY_CONNECTED" });
  expect(await receiversOf(owner, late.id)).toEqual([]);
  await machine.stop();
});

it("only members who may see the campaign count", async () => {
  const supplier = await newSupplier(server);
  const [row] = await owner.rows("SELECT siren FROM supplier WHERE id = $1", [supplier.id]);
  const sites: string[] = [];
  for (const name of ["A", "B"]) {
    const address = { name, street: "1 rue de l'Essai", postcode: "69001", city: "Lyon" };
    const siret = siretOf(row?.["siren"], sites.length * 20);
    const { createSite } = await must(server, server.adminToken, {
      query: "mutation ($input: CreateSiteInput!) { createSite(input: $input) { id } }",
      variables: { input: { supplierId: supplier.id, siret, ...address } },
    });
    sites.push(createSite.id);
  }
  const campaign = await newCampaign(server, supplier, { onlyWhenConnected: true, site: sites[0] });
  const lead = await send(supplier);
  const tried = await triedAt(lead.id);
  const ofB = await newPerson(supplier, { siteIds: [sites[1]] });
  const elsewhere = follow(ofB.token);
  await isThere(supplier, [ofB.id]);
  // The member's arrival reopened the account, so the lead was tried again, without success.
  await until("the lead was tried again", async () => (await triedAt(lead.id)) > tried);
  expect(await lastVerdict(lead.reference)).toMatchObject({ reason: "NOBODY_CONNECTED" });
  const ofCampaign = await newPerson(supplier, { campaignIds: [campaign] });
  const here = follow(ofCampaign.token);
  await arrived(lead.id, supplier);
  await here.stop();
  await isThere(supplier, [ofB.id]);
  const ofA = follow((await newPerson(supplier, { siteIds: [sites[0]] })).token);
  await ofA.next();
  const next = await send(supplier);
  await arrived(next.id, supplier);
  await Promise.all([elsewhere.stop(), ofA.stop()]);
});

it("a member connected to another process counts until that process is killed", async () => {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier, { onlyWhenConnected: true });
  const person = await newPerson(supplier);
  const { transact, offers } = server.running.services;
  const { campaignPresence } = offers.campaigns;
  const { authenticate } = server.running.services.access.identity;
  const principal: Principal = await authenticate.authenticate(person.token, null);
  const opened: string[] = [];
  const clock = new MovableClock({ movesDatabase: false });
  const renewalIsDue = (): void => {
    clock.forward(presenceRenewedEveryMs);
    clock.ringDue();
  };
  const another = (): Presence =>
    new Presence({
      ...{ transact, clock, lastsMs: 3_600_000 },
      arrived: (tx, suppliers) => campaignPresence.membersConnected(tx, suppliers),
      opened: (suppliers) => opened.push(...suppliers),
      onError: (error) => {
        throw error;
      },
    });
  const runOut = (): Promise<unknown> =>
    owner.rows("UPDATE presence SET seen_until = clock_timestamp() - interval '1 s' WHERE supplier_id = $1", [
      supplier.id,
    ]);
  // This process never renews, as if it had been killed right after the member arrived.
  another().enter(principal);
  await isThere(supplier, [person.id]);
  const taken = await send(supplier);
  await arrived(taken.id, supplier);
  await runOut();
  expect(await thereOf(supplier)).toEqual([]);
  const waiting = await send(supplier);
  expect(await lastVerdict(waiting.reference)).toMatchObject({ reason: "NOBODY_CONNECTED" });
  // A living process renews, and renewing an expired presence opens the account again.
  const living = another();
  living.enter(principal);
  await arrived(waiting.id, supplier);
  opened.length = 0;
  living.start();
  // Repeats the expiry, because a renewal already in progress may have seen the earlier value.
  await until("it is an opening again", async () => {
    await runOut();
    renewalIsDue();
    return opened.includes(supplier.id);
  });
  await isThere(supplier, [person.id]);
  const seenUntil = async (): Promise<Date> =>
    (
      await owner.rows("SELECT max(seen_until) AS seen_until FROM presence WHERE supplier_id = $1", [
        supplier.id,
      ])
    )[0]?.["seen_until"] as Date;
  const before = await seenUntil();
  await until("the time is extended", async () => {
    renewalIsDue();
    return (await seenUntil()) > before;
  });
  await living.stop();
  expect(await thereOf(supplier)).toEqual([]);
});

it("a member whose supplier has no such campaign opens no account", async () => {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier);
  const openedAt = async (): Promise<unknown> =>
    (await owner.rows("SELECT opened_at FROM supplier_account WHERE supplier_id = $1", [supplier.id]))[0];
  const before = await openedAt();
  const person = await newPerson(supplier);
  const feed = follow(person.token);
  await isThere(supplier, [person.id]);
  expect(await openedAt()).toEqual(before);
  await feed.stop();
  await allHaveLeft(supplier);
  expect(await newKey(server, supplier.id)).toBeTruthy();
});
