/**
 * Every cent is in the ledger, as postings with two ends that are never changed or deleted and that each name
 * their cause. A model adds up the expected balance in integers from the commands that were run.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { faultsIn } from "../support/books";
import { ask, must } from "../support/client";
import { leadIds, receiversOf, setClock, tryNow } from "../support/crowd";
import {
  inventedSiren,
  newCampaign,
  newKey,
  sendLead,
  type TestSupplier,
  waiveOnboarding,
} from "../support/journey";
import { monthOf } from "../support/days";
import { roundsOf, say } from "../support/rounds";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;

useServer((started) => {
  ({ server, owner } = started);
  setClock(server, "2026-11-25T10:15:00Z");
});

afterEach(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
});

const priceCents = 3_000;
/** The places of suppliers and their VAT rates in basis points. */
const territories = [
  { departement: "69", postcode: "69001", vat: 2000n },
  { departement: "974", postcode: "97400", vat: 850n },
  { departement: "973", postcode: "97300", vat: 0n },
] as const;

type Mode = "PREPAID" | "POSTPAID";
type Command =
  | { readonly do: "transfer"; readonly inclVatCents: number }
  | { readonly do: "lead" }
  | { readonly do: "credit"; readonly which: number }
  | { readonly do: "limit"; readonly cents: number }
  | { readonly do: "wait"; readonly days: number };

interface Model {
  balanceCents: number;
  limitCents: number;
  readonly delivered: { readonly id: string; credited: boolean }[];
  readonly months: Map<string, { charges: number; credits: number; transfers: number; leads: number }>;
  readonly references: Set<string>;
  postings: number;
}

const untouched = (): Model => ({
  balanceCents: 0,
  limitCents: 0,
  delivered: [],
  months: new Map(),
  references: new Set(),
  postings: 0,
});

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("transfer" as const),
      inclVatCents: fc.integer({ min: 1, max: 1_500_000 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("lead" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("credit" as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("limit" as const), cents: fc.integer({ min: 0, max: 20_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 20 }) }),
  },
);

async function openAccount(mode: Mode, place: (typeof territories)[number]): Promise<TestSupplier> {
  const { departement, postcode } = place;
  const name = `Garage ${randomUUID()}`;
  const address = { street: "1 rue de l'Essai", postcode, city: "Essai", departement };
  const input = { name, siren: inventedSiren(), ...address, billingMode: mode, creditLimitCents: 0 };
  const { createSupplier } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { id } }",
    variables: { input },
  });
  await waiveOnboarding(server, createSupplier.id);
  const supplier = { id: createSupplier.id, name, token: await newKey(server, createSupplier.id) };
  await newCampaign(server, supplier);
  return supplier;
}

function bucket(model: Model): { charges: number; credits: number; transfers: number; leads: number } {
  const month = monthOf(server.clock.now());
  const found = model.months.get(month) ?? { charges: 0, credits: 0, transfers: 0, leads: 0 };
  model.months.set(month, found);
  return found;
}

/** The net amount, rounded half up in integer arithmetic. */
function net(inclVatCents: number, vatBasisPoints: bigint): number {
  const divisor = 10_000n + vatBasisPoints;
  return Number((BigInt(inclVatCents) * 10_000n * 2n + divisor) / (divisor * 2n));
}

const creditOf = (leadId: string): ReturnType<typeof ask> =>
  ask(server, server.adminToken, {
    query: `mutation ($id: ID!) { creditLead(leadId: $id, reason: "wrong number") { amountCents leadId } }`,
    variables: { id: leadId },
  });

async function transfer(
  model: Model,
  supplier: TestSupplier,
  { inclVatCents, vat }: { inclVatCents: number; vat: bigint },
): Promise<void> {
  const bankReference = randomUUID();
  const input = {
    supplierId: supplier.id,
    amountInclVatCents: inclVatCents,
    receivedOn: "2026-11-20",
    bankReference,
  };
  const query =
    "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { account { balanceCents } } }";
  const { recordBankTransfer } = await must(server, server.adminToken, { query, variables: { input } });
  const netCents = net(inclVatCents, vat);
  model.balanceCents += netCents;
  bucket(model).transfers += netCents;
  model.postings += (netCents > 0 ? 1 : 0) + (inclVatCents > netCents ? 1 : 0);
  model.references.add(bankReference);
  expect(recordBankTransfer.account.balanceCents).toBe(model.balanceCents);
  const again = await ask(server, server.adminToken, { query, variables: { input } });
  expect(again.errors?.[0]).toMatchObject({
    message:
      "A transfer with this bankReference is recorded already. Check the reference on the bank's statement.",
    extensions: { code: "CONFLICT" },
  });
}

async function lead(model: Model, supplier: TestSupplier): Promise<void> {
  const { reference, personalToken } = await sendLead(server, { to: [supplier] });
  const id = (await leadIds(owner, [reference])).get(reference) as string;
  if (model.balanceCents + model.limitCents < priceCents) {
    expect(await tryNow(server, id)).toEqual([]);
    expect(await receiversOf(owner, id)).toEqual([]);
    // Withdraws the lead, so that a later payment cannot deliver it and the model stays simple.
    await must(server, personalToken, { query: "mutation { withdrawConsent(input: {}) { reference } }" });
    return;
  }
  await until("the lead was charged", async () => (await receiversOf(owner, id)).length === 1);
  const [row] = await owner.rows("SELECT id FROM delivery WHERE lead_id = $1", [id]);
  model.delivered.push({ id: row?.["id"], credited: false });
  model.balanceCents -= priceCents;
  model.postings += 1;
  bucket(model).charges += priceCents;
  bucket(model).leads += 1;
}

async function credit(model: Model, which: number): Promise<void> {
  const chosen = model.delivered[which % Math.max(1, model.delivered.length)];
  if (!chosen) return;
  const { data, errors } = await creditOf(chosen.id);
  if (chosen.credited) {
    expect(errors?.[0]).toMatchObject({
      message: "This lead was credited before. A charge is given back once.",
      extensions: { code: "CONFLICT" },
    });
    return;
  }
  expect(data?.creditLead).toEqual({ amountCents: priceCents, leadId: chosen.id });
  chosen.credited = true;
  model.balanceCents += priceCents;
  model.postings += 1;
  bucket(model).credits += priceCents;
}

async function setLimit(model: Model, { id }: TestSupplier, cents: number): Promise<void> {
  const { setBilling } = await must(server, server.adminToken, {
    query: "mutation ($input: BillingInput!) { setBilling(input: $input) { availableCents } }",
    variables: { input: { supplierId: id, creditLimitCents: cents } },
  });
  model.limitCents = cents;
  expect(setBilling.availableCents).toBe(model.balanceCents + cents);
}

async function obey(
  model: Model,
  step: Command,
  { supplier, mode, vat }: { supplier: TestSupplier; mode: Mode; vat: bigint },
): Promise<void> {
  if (step.do === "transfer") await transfer(model, supplier, { ...step, vat });
  else if (step.do === "lead") await lead(model, supplier);
  else if (step.do === "credit") await credit(model, step.which);
  else if (step.do === "wait") server.clock.forward(step.days * 86_400_000);
  else if (mode === "POSTPAID") await setLimit(model, supplier, step.cents);
}

const accountQuery = `{ account { balanceCents availableCents creditLimitCents postings(first: 100) { pageInfo { hasNextPage } edges { node {
  number kind debitAccount creditAccount amountCents leadId bankReference } } } } }`;

async function checkAccount(model: Model, { token }: TestSupplier): Promise<void> {
  const { account } = await must(server, token, { query: accountQuery });
  const postings: any[] = account.postings.edges.map(({ node }: any) => node).reverse();
  expect(account.postings.pageInfo.hasNextPage).toBe(false);
  expect(account).toMatchObject({
    balanceCents: model.balanceCents,
    creditLimitCents: model.limitCents,
    availableCents: model.balanceCents + model.limitCents,
  });
  expect(postings.map(({ number }) => number)).toEqual(
    Array.from({ length: model.postings }, (_, index) => index + 1),
  );
  const own = ["411", "4181", "4191"];
  let balance = 0;
  for (const { debitAccount, creditAccount, amountCents } of postings) {
    expect(debitAccount).not.toBe(creditAccount);
    balance +=
      (own.includes(creditAccount) ? amountCents : 0) - (own.includes(debitAccount) ? amountCents : 0);
  }
  expect(balance).toBe(model.balanceCents);
  for (const { kind, leadId, bankReference } of postings) {
    if (kind === "CHARGE" || kind === "CREDIT") expect(model.delivered.map(({ id }) => id)).toContain(leadId);
    else expect(model.references).toContain(bankReference);
    expect([leadId, bankReference]).toContain(null);
  }
}

async function checkStatements(model: Model, { token }: TestSupplier, vat: bigint): Promise<void> {
  const inclVat = (cents: number): number => cents + Math.round((cents * Number(vat)) / 10_000);
  let openingBalanceCents = 0;
  for (const [month, { charges, credits, transfers, leads }] of [...model.months].sort()) {
    const { account } = await must(server, token, {
      query: `query ($month: String!) { account { statement(month: $month) { otherCents chargesInclVatCents creditsInclVatCents
        openingBalanceCents chargesCents creditsCents transfersCents closingBalanceCents leadCount } } }`,
      variables: { month },
    });
    const closingBalanceCents = openingBalanceCents - charges + credits + transfers;
    const sums = {
      chargesCents: charges,
      creditsCents: credits,
      transfersCents: transfers,
      leadCount: leads,
    };
    expect(account.statement).toEqual({
      ...{ openingBalanceCents, ...sums, otherCents: 0, closingBalanceCents },
      chargesInclVatCents: inclVat(charges),
      creditsInclVatCents: inclVat(credits),
    });
    openingBalanceCents = closingBalanceCents;
  }
  expect(openingBalanceCents).toBe(model.balanceCents);
}

/** `npm run soak -- ledger` tries more. */
const numRuns = roundsOf(5);

test(
  "after any sequence of transfers, leads, credits, limits and months, the balance is the sum of its postings",
  async () => {
    const scene = fc.record({
      mode: fc.constantFrom<Mode>("PREPAID", "POSTPAID"),
      place: fc.constantFrom(...territories),
      commands: fc.array(command, { minLength: 6, maxLength: 14, size: "max" }),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ mode, place, commands }) => {
        await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
        const supplier = await openAccount(mode, place);
        const model = untouched();
        for (const step of commands) {
          await obey(model, step, { supplier, mode, vat: place.vat });
          await checkAccount(model, supplier);
        }
        await checkStatements(model, supplier, place.vat);
        expect(await faultsIn(owner)).toEqual([]);
      }),
      { numRuns, endOnFailure: true },
    );
    say(`the ledger: ${numRuns} sequences of transfers, leads, credits, limits and months`);
  },
  120_000 + numRuns * 20_000,
);

test("a charge is credited once, even when ten requests arrive at the same time", async () => {
  const supplier = await openAccount("POSTPAID", territories[0]);
  const model = untouched();
  await setLimit(model, supplier, 10_000);
  await lead(model, supplier);
  const id = model.delivered[0]?.id ?? "";
  const answers = await Promise.all(Array.from({ length: 10 }, () => creditOf(id)));
  expect(answers.filter(({ data }) => data?.creditLead).length).toBe(1);
  const refusals = answers.flatMap(({ errors }) => errors ?? []);
  expect(new Set(refusals.map(({ extensions }) => extensions.code))).toEqual(new Set(["CONFLICT"]));
  expect(refusals).toHaveLength(9);
  Object.assign(model, { balanceCents: 0, postings: 2 });
  await checkAccount(model, supplier);
});

test("the database refuses to update, delete or truncate append-only tables, whatever the role", async () => {
  const supplier = await openAccount("PREPAID", territories[0]);
  const model = untouched();
  await transfer(model, supplier, { inclVatCents: 12_000, vat: 2000n });
  await lead(model, supplier);
  const tables = ["posting", "bank_transfer", "decision", "campaign_version", "feed_event"];
  const before = await owner.rows("SELECT * FROM posting ORDER BY supplier_id, number");
  for (const table of tables) {
    const [{ column_name: column }] = (await owner.rows(
      "SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position LIMIT 1",
      [table],
    )) as [{ column_name: string }];
    for (const [operation, statement] of [
      ["UPDATE", `UPDATE ${table} SET ${column} = ${column}`],
      ["DELETE", `DELETE FROM ${table}`],
      ["TRUNCATE", `TRUNCATE ${table} CASCADE`],
    ] as const) {
      await expect(owner.rows(statement)).rejects.toThrow(`is append-only: ${operation} is refused`);
    }
  }
  // The server's own roles do not even have the permission.
  const { transact } = server.running.services;
  for (const role of ["worker", "staff", "gate"] as const) {
    for (const statement of [
      "UPDATE posting SET amount_cents = 1",
      "DELETE FROM posting",
      "TRUNCATE posting",
    ]) {
      await expect(transact({ role }, (tx) => tx.query(statement))).rejects.toThrow(
        "permission denied for table posting",
      );
    }
  }
  expect(await owner.rows("SELECT * FROM posting ORDER BY supplier_id, number")).toEqual(before);
});

test("a posting with one end, no amount, no cause or no supplier cannot be written", async () => {
  const supplier = await openAccount("PREPAID", territories[0]);
  const model = untouched();
  await transfer(model, supplier, { inclVatCents: 12_000, vat: 2000n });
  const forge = (change: Record<string, unknown>): Promise<unknown> =>
    owner.rows(
      `INSERT INTO posting SELECT (jsonb_populate_record(p, '{"number": 99, "kind": "CHARGE"}'::jsonb || $2)).*
       FROM posting p WHERE supplier_id = $1 AND number = 1`,
      [supplier.id, JSON.stringify(change)],
    );
  await expect(forge({ credit: "512" })).rejects.toThrow("posting_check");
  await expect(forge({ credit: null })).rejects.toThrow("null value");
  await expect(forge({ amount_cents: 0 })).rejects.toThrow("posting_amount_cents_check");
  await expect(forge({ amount_cents: -1 })).rejects.toThrow("posting_amount_cents_check");
  await expect(forge({ cause_id: null })).rejects.toThrow("null value");
  await expect(forge({ supplier_id: randomUUID() })).rejects.toThrow("posting_supplier_id_fkey");
});
