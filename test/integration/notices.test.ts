/**
 * The notices a supplier receives about its account, each once and on its feed, and the effect of a
 * suspension.
 */
import { randomUUID } from "node:crypto";
import { ask, must, subscribe } from "../support/client";
import { issueInvoice, refundBalance } from "../support/finance";
import { setClock } from "../support/crowd";
import { newCampaign, newKey, newSupplier, sendLead } from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
useServer((started) => {
  ({ server, owner } = started);
});

const run = () => Promise.all([1, 2].map(() => server.running.services.billing.reporting.notices.run()));

async function noticesOf(token: string): Promise<any[]> {
  const { feed } = await must(server, token, {
    query: `{ feed(first: 100) { events { __typename
      ... on AccountNotice { noticeKind amountCents indemnityCents interestCents document { name } } } } }`,
  });
  return feed.events
    .filter(({ __typename }: any) => __typename === "AccountNotice")
    .map(({ __typename: _, ...rest }: any) => rest);
}

const deliveries = async (id: string): Promise<number> =>
  (await owner.rows("SELECT FROM delivery WHERE supplier_id = $1", [id])).length;

it("sends LOW_BALANCE once when the balance falls below the alert, however often the job runs", async () => {
  const supplier = await newSupplier(server);
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  const { account } = await must(server, token, { query: "{ account { balanceCents } }" });
  const alert = (belowCents: number) =>
    must(server, token, {
      query:
        "mutation ($cents: Cents) { setBalanceAlert(input: { belowCents: $cents }) { alertBelowCents } }",
      variables: { cents: belowCents },
    });
  await alert(account.balanceCents);
  await run();
  expect(await noticesOf(token)).toEqual([]);
  const following = subscribe(server, token, {
    query: "subscription { accountChanged { balanceCents alertBelowCents } }",
  });
  expect(await following.next()).toMatchObject({ alertBelowCents: account.balanceCents });
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier] });
  expect((await following.next()).balanceCents).toBeLessThan(account.balanceCents);
  await following.stop();
  await run();
  await run();
  expect(await noticesOf(token)).toMatchObject([{ noticeKind: "LOW_BALANCE" }]);
});

it("sends reminders for an overdue invoice, suspends after a month and resumes after the payment", async () => {
  setClock(server, "2027-01-04T09:00:00Z");
  const supplier = await newSupplier(server);
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  await refundBalance(server, supplier.id, { bankReference: "OUT" });
  await must(server, server.adminToken, {
    query:
      "mutation ($id: ID!) { setBilling(input: { supplierId: $id, mode: POSTPAID, creditLimitCents: 100000 }) { mode } }",
    variables: { id: supplier.id },
  });
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier] });
  await until("the lead is delivered", async () => (await deliveries(supplier.id)) === 1);
  const [{ name, dueOn, dueInclVatCents }] = (await issueInvoice(
    server,
    supplier.id,
    "name dueOn dueInclVatCents",
  )) as [any];
  expect(dueOn).toBe("2027-02-03");
  for (const day of ["2027-02-03", "2027-02-04", "2027-02-05", "2027-02-18", "2027-03-05"]) {
    setClock(server, `${day}T09:00:00Z`);
    await run();
  }
  const owed = { amountCents: dueInclVatCents, indemnityCents: 4_000, document: { name } };
  const late = { noticeKind: "INVOICE_OVERDUE", ...owed };
  const told = await noticesOf(token);
  expect(told).toMatchObject([late, late, late, { noticeKind: "SUSPENDED" }]);
  expect(told[2].interestCents).toBeGreaterThan(told[0].interestCents);
  // A suspended supplier receives no lead; the lead waits.
  await sendLead(server, { to: [supplier] });
  await until("it was tried", async () => {
    const waiting =
      "SELECT FROM lead WHERE tried_at IS NOT NULL AND state = 'OPEN' AND $1 = ANY (waiting_for)";
    return (await owner.rows(waiting, [supplier.id])).length === 1;
  });
  expect(await deliveries(supplier.id)).toBe(1);
  const { account } = await must(server, token, { query: "{ account { availableCents suspendedAt } }" });
  expect(account).toMatchObject({ availableCents: 0, suspendedAt: expect.any(String) as string });
  await must(server, server.adminToken, {
    query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
    variables: {
      input: {
        supplierId: supplier.id,
        amountInclVatCents: dueInclVatCents,
        receivedOn: "2026-11-20",
        bankReference: "PAID",
      },
    },
  });
  await run();
  expect((await noticesOf(token)).at(-1)).toMatchObject({ noticeKind: "RESUMED" });
  await until("the lead that waited is delivered", async () => (await deliveries(supplier.id)) === 2);
});

it("invoices late fees once and without VAT, and never late fees on late fees", async () => {
  setClock(server, "2027-06-01T09:00:00Z");
  const supplier = await newSupplier(server, { billingMode: "POSTPAID" });
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  await newCampaign(server, supplier, { pricePerLeadCents: 100_000 });
  await sendLead(server, { to: [supplier] });
  await until("the lead is delivered", async () => (await deliveries(supplier.id)) === 1);
  const [{ id, name, dueOn }] = (await issueInvoice(server, supplier.id, "id name dueOn")) as [any];
  expect(dueOn).toBe("2027-07-01");
  const charge = (document: string, key: string = randomUUID()) =>
    ask(server, server.adminToken, {
      query: `mutation ($id: ID!, $key: String!) { chargeLateFees(id: $id, idempotencyKey: $key) {
        id vatTreatment netCents vatCents dueInclVatCents lines { label netCents } corrects { name } } }`,
      variables: { id: document, key },
    });
  const refusal = async (document: string) => (await charge(document)).errors?.[0]?.message;
  setClock(server, "2027-07-01T21:59:00Z");
  expect(await refusal(id)).toBe("This document is neither overdue nor was it paid late.");
  let transfers = 0;
  const pay = (amountInclVatCents: number, receivedOn: string) =>
    must(server, server.adminToken, {
      query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
      variables: {
        input: {
          ...{ supplierId: supplier.id, amountInclVatCents, receivedOn },
          bankReference: `L${String(++transfers)}`,
        },
      },
    });
  setClock(server, "2027-07-11T09:00:00Z");
  await pay(60_000, "2027-07-11");
  // Recorded days after the bank received it.
  setClock(server, "2027-08-04T09:00:00Z");
  await pay(60_000, "2027-07-31");
  setClock(server, "2027-09-01T09:00:00Z");
  // 1,200 euros for ten days and 600 for twenty more, at 12.4 % a year.
  const interest = Math.round((120_000 * 10 + 60_000 * 20) * (0.124 / 365));
  const { chargeLateFees: fees } = (await charge(id, "once")).data as { chargeLateFees: any };
  expect(fees).toEqual({
    id: expect.any(String),
    ...{
      vatTreatment: "PENALTY",
      netCents: 4_000 + interest,
      vatCents: 0,
      dueInclVatCents: 4_000 + interest,
    },
    lines: [
      { label: "Indemnité forfaitaire pour frais de recouvrement", netCents: 4_000 },
      { label: "Pénalités de retard", netCents: interest },
    ],
    corrects: [{ name }],
  });
  expect((await charge(id, "once")).data).toEqual({ chargeLateFees: fees });
  expect(await refusal(id)).toBe("The late fees of this invoice have already been invoiced.");
  const entry = await owner.rows(
    `SELECT account, debit_cents - credit_cents AS cents FROM entry_line JOIN entry USING (journal, year, number)
     WHERE cause_id = $1 ORDER BY account`,
    [fees.id],
  );
  expect(entry.map(({ account, cents }) => [account, Number(cents)])).toEqual([
    ["411", 4_000 + interest],
    ["758", -4_000],
    ["763", -interest],
  ]);
  setClock(server, "2027-11-01T09:00:00Z");
  expect(await refusal(fees.id)).toBe("This document is neither overdue nor was it paid late.");
  await run();
  expect((await noticesOf(token)).filter(({ noticeKind }) => noticeKind === "SUSPENDED")).toEqual([]);
  await pay(4_000 + interest, "2027-11-01");
  const { vatSummary } = await must(server, server.adminToken, {
    query: '{ vatSummary(month: "2027-11") { treatment } }',
  });
  expect(vatSummary).toEqual([]);
  expect((await server.running.services.billing.proof.prove()).faults).toEqual([]);
});
