/**
 * A monthly limit on a supplier's charges over all its campaigns, raced for by two servers and renewed each
 * month.
 */
import { must } from "../support/client";
import { setClock } from "../support/crowd";
import { newCampaign, newKey, newSupplier, sendLead } from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useTwoServers } from "../support/use-server";

let server: TestServer;
let beside: TestServer;
let owner: Owner;
useTwoServers((started) => {
  ({
    servers: [server, beside],
    owner,
  } = started);
  // Both servers go by the same clock.
  setClock(server, "2027-01-20T09:00:00Z");
});

const price = 3_000;
const delivered = async (id: string): Promise<number> =>
  (await owner.rows("SELECT FROM delivery WHERE supplier_id = $1", [id])).length;
const waiting = async (id: string): Promise<number> =>
  (
    await owner.rows(
      "SELECT FROM lead WHERE state = 'OPEN' AND waiting_for @> ARRAY[$1::uuid] AND tried_at IS NOT NULL",
      [id],
    )
  ).length;
const inDays = (days: number): Date => new Date(server.clock.now().getTime() + days * 86_400_000);

async function capped(monthlyCents: number | null) {
  const supplier = await newSupplier(server);
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  await newCampaign(server, supplier, { pricePerLeadCents: price, maxAgeHours: 168 });
  await newCampaign(server, supplier, { pricePerLeadCents: price, name: "Encore", maxAgeHours: 168 });
  const set = (cents: number | null) =>
    must(server, token, {
      query:
        "mutation ($cents: Cents) { setSpendCap(input: { monthlyCents: $cents }) { spendCapCents spendLeftCents availableCents } }",
      variables: { cents },
    }).then(({ setSpendCap }) => setSpendCap);
  return { supplier, token, set, told: await set(monthlyCents) };
}

it("is never exceeded by concurrent allocations of all campaigns together", async () => {
  const { supplier, token, told, set } = await capped(3 * price + 500);
  expect(told).toEqual({ spendCapCents: 9_500, spendLeftCents: 9_500, availableCents: 9_500 });
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      sendLead(index % 2 ? server : beside, { to: [supplier], waitUntil: inDays(6) }),
    ),
  );
  await until(
    "all were tried",
    async () => (await delivered(supplier.id)) + (await waiting(supplier.id)) >= 10,
  );
  expect(await delivered(supplier.id)).toBe(3);
  const { account } = await must(server, token, { query: "{ account { spendLeftCents availableCents } }" });
  expect(account).toEqual({ spendLeftCents: 500, availableCents: 500 });

  // The notice is sent once, even by two processes.
  const noticesNow = async () =>
    (
      await must(server, token, {
        query: "{ feed(first: 100) { events { ... on AccountNotice { noticeKind amountCents } } } }",
      })
    ).feed.events.filter(({ noticeKind }: any) => noticeKind !== undefined);
  await Promise.all(
    [server, beside, server].map((one) => one.running.services.billing.reporting.notices.run()),
  );
  expect(await noticesNow()).toEqual([{ noticeKind: "SPEND_CAP_REACHED", amountCents: 500 }]);

  // After a raise, this month's charges still count, and waiting leads are tried.
  expect(await set(5 * price)).toMatchObject({ spendLeftCents: 2 * price });
  await until("two more came", async () => (await delivered(supplier.id)) === 5);
  expect(await set(price)).toMatchObject({ spendLeftCents: -4 * price });

  // The last half hour of the month in Paris.
  setClock(server, "2027-01-31T22:30:00Z");
  // The new limit is reached too, which adds one more notice.
  for (const one of [server, beside, server]) await one.running.services.billing.reporting.notices.run();
  expect(await noticesNow()).toHaveLength(2);
  expect(await delivered(supplier.id)).toBe(5);
});

it("is available again when the month changes", async () => {
  setClock(server, "2027-02-26T09:00:00Z");
  const { supplier, token, set } = await capped(price);
  for (let sent = 0; sent < 2; sent++) await sendLead(server, { to: [supplier], waitUntil: inDays(6) });
  await until(
    "one is delivered and one waits",
    async () => (await delivered(supplier.id)) === 1 && (await waiting(supplier.id)) === 1,
  );
  setClock(server, "2027-02-28T23:00:30Z");
  await Promise.all([server, beside].map((one) => one.running.services.billing.reporting.notices.run()));
  await until("the other one came", async () => (await delivered(supplier.id)) === 2);
  const { account } = await must(server, token, { query: "{ account { spendLeftCents } }" });
  expect(account.spendLeftCents).toBe(0);
  expect(await set(null)).toMatchObject({ spendCapCents: null, spendLeftCents: null });
});

it("can be 0 and must be a whole number that is not negative", async () => {
  const { supplier, set } = await capped(0);
  await sendLead(server, { to: [supplier], waitUntil: inDays(6) });
  await until("it was tried", async () => (await waiting(supplier.id)) + (await delivered(supplier.id)) > 0);
  expect(await delivered(supplier.id)).toBe(0);
  await expect(set(-1)).rejects.toThrow("monthlyCents is a whole number");
  // Only the limit kept the lead back.
  await set(price);
  await until("it is delivered", async () => (await delivered(supplier.id)) === 1);
});
