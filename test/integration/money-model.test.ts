/**
 * Runs any sequence of leads, returns, payments, lines of bank statements, disputes, crashes, invoices, refunds,
 * late fees, write-offs and month ends against a model that only adds up amounts. Payments are recorded days or weeks after the bank
 * received them, also when that month is locked. After each step every rule of the books holds, so numbers have
 * no gaps and every cent is explained.
 */
import { monthOf } from "../support/days";
import fc from "fast-check";
import { lateVat } from "../../src/billing/reporting/late-vat.service";
import { newId } from "../../src/platform/ids";
import { ciiOf } from "../../src/billing/documents/cii";
import { fecOf, letteredGroups } from "../support/fec";
import { brokenFrenchRules } from "../support/french-rules";
import {
  allowed,
  bankCommand,
  BankSteps,
  type Account,
  type BankCommand,
  type BankModel,
} from "../support/bank-steps";
import { giveBack, sell, type Sale } from "../support/sales";
import { documentsIn, newSupplier, openBooks, siren, staff, type Books } from "./ledger-fixture";

let books: Books;
let bank: BankSteps;
let suppliers = 0;

beforeAll(async () => {
  books = await openBooks();
  bank = new BankSteps(books);
});
afterAll(() => books.close());

type Command =
  | { readonly do: "lead"; readonly cents: number; readonly product: string }
  | { readonly do: "return"; readonly which: number }
  | { readonly do: "pay"; readonly cents: number; readonly named: boolean; readonly daysAgo: number }
  | { readonly do: "card"; readonly cents: number; readonly daysAgo: number }
  | { readonly do: "dispute"; readonly which: number; readonly share: number }
  | { readonly do: "crash"; readonly cents: number }
  | { readonly do: "issue" | "refund" | "refundCards" | "lateFees" | "writeOff" | "lock" | "unlock" }
  | { readonly do: "wait"; readonly days: number };

const cents = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20_000 }));
/** How long ago the bank received it. */
const daysAgo = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 70 }));
const plain = (what: "issue" | "refund" | "refundCards" | "lateFees" | "writeOff" | "lock" | "unlock") =>
  fc.constant({ do: what });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("lead" as const),
      cents,
      product: fc.constantFrom("NEW_CAR", "CAR_INSURANCE"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("return" as const), which: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("pay" as const), cents, named: fc.boolean(), daysAgo }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("card" as const), cents, daysAgo }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("dispute" as const),
      which: fc.nat(),
      share: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const), cents }) },
  { weight: 4, arbitrary: plain("issue") },
  { weight: 1, arbitrary: plain("refund") },
  { weight: 1, arbitrary: plain("refundCards") },
  { weight: 1, arbitrary: plain("lateFees") },
  { weight: 1, arbitrary: plain("writeOff") },
  { weight: 1, arbitrary: plain("lock") },
  { weight: 1, arbitrary: plain("unlock") },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 40 }) }),
  },
);

interface Model extends BankModel {
  leads: number;
  readonly kept: Sale[];
  /** Including VAT: card payments minus their refunds and lost disputes. */
  collected: number;
  /** Card payments and their lost disputes. */
  readonly cards: {
    readonly id: string;
    readonly cents: number;
    readonly disputes: { readonly id: string; readonly cents: number }[];
  }[];
}

type Tx = Parameters<Parameters<Books["transact"]>[1]>[0];

interface Step {
  readonly model: Model;
  readonly command: Command;
}

const dayMs = 86_400_000;
const by = staff("FINANCE");
let references = 0;

async function accountIn(
  place: { departement: string; postcode: string },
  billingMode: "PREPAID" | "POSTPAID",
): Promise<Account> {
  const created = newSupplier(++suppliers, { ...place, billingMode });
  const { id: supplierId } = await books.suppliers.create(by, created, null);
  return { supplierId, siren: siren(suppliers), cash: 0 };
}

const openOf = async (supplierId: string): Promise<{ id: string; openCents: number }[]> =>
  (await books.transact({ role: "staff" }, (tx) => documentsIn(tx, books, supplierId)))
    .filter(({ openCents }) => openCents > 0)
    .reverse();

/** In the order in which they were locked. */
const locked: string[] = [];

const parisDay = (at: Date): string => at.toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });
const dayBefore = (days: number): string =>
  parisDay(new Date((books.now ?? new Date()).getTime() - days * dayMs));

/**
 * The payment and its deposit invoice are dated on the bank's day, or on the first day after the locked months. Only
 * then is their VAT listed for a corrective return.
 */
async function checkDay(paymentId: string, receivedOn: string): Promise<void> {
  const rows = await books.owner.rows(
    `SELECT e.dated::text AS dated, e.journal || e.year || '-' || e.number AS name, coalesce(sum(v.vat_cents), 0) AS vat
     FROM entry e LEFT JOIN vat_due v USING (journal, year, number) WHERE e.cause_id = $1
       OR e.cause_id IN (SELECT document_id::text FROM advance WHERE cause_id = $1) GROUP BY 1, 2`,
    [paymentId],
  );
  const open = firstOpenDay();
  const day = receivedOn < open ? open : receivedOn;
  expect(new Set(rows.map(({ dated }) => dated))).toEqual(new Set([day]));
  const page = { month: receivedOn.slice(0, 7), after: null, limit: 10_000 };
  const listed = await books.transact({ role: "staff" }, (tx) => lateVat(tx, page));
  const names = new Set(rows.map(({ name }) => name));
  const own = listed.filter((one) => names.has(`${one.journal}${String(one.year)}-${String(one.number)}`));
  const due = rows.reduce((sum, { vat }) => sum + Number(vat), 0);
  expect(own.reduce((sum, { vatCents }) => sum + vatCents, 0)).toBe(receivedOn < open ? due : 0);
}

function firstOpenDay(): string {
  const [year = 0, number = 0] = (locked.at(-1) ?? "").split("-").map(Number);
  return locked.length === 0 ? "" : new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

const month = (offset: number): string => monthOf(books.now ?? new Date(), offset);

const steps: { readonly [K in Command["do"]]: (step: Step) => Promise<void> } = {
  lead: async ({ model, command: wanted }) => {
    if (wanted.do !== "lead") return;
    const { product } = wanted;
    model.kept.push(await sell(books, { supplierId: model.supplierId, priceCents: wanted.cents, product }));
    model.leads += wanted.cents;
  },
  return: async ({ model, command: wanted }) => {
    if (wanted.do !== "return" || model.kept.length === 0) return;
    const [sale] = model.kept.splice(wanted.which % model.kept.length, 1);
    if (!sale) return;
    await giveBack(books, sale);
    model.leads -= sale.priceCents;
  },
  pay: async ({ model, command: wanted }) => {
    if (wanted.do !== "pay") return;
    const open = await openOf(model.supplierId);
    const documentId = wanted.named ? (open.at(-1)?.id ?? null) : null;
    const receivedOn = dayBefore(wanted.daysAgo);
    const bankReference = `R${String(++references)}`;
    const before = model.cash;
    const transferId = await bank.record(model, {
      cents: wanted.cents,
      receivedOn,
      bankReference,
      documentId,
    });
    if (transferId === null) throw new Error("A new reference was recorded already.");
    await checkDay(transferId, receivedOn);
    expect(model.cash).toBe(before + wanted.cents);
  },
  card: async ({ model, command: wanted }) => {
    if (wanted.do !== "card") return;
    const id = newId();
    const receivedOn = dayBefore(wanted.daysAgo);
    await books.transact({ role: "worker" }, (tx) =>
      receiveCard(tx, model.supplierId, { id, cents: wanted.cents, receivedOn }),
    );
    await checkDay(id, receivedOn);
    model.cards.push({ id, cents: wanted.cents, disputes: [] });
    model.collected += wanted.cents;
  },
  dispute: async ({ model, command: wanted }) => {
    if (wanted.do !== "dispute" || model.cards.length === 0) return;
    const card = model.cards[wanted.which % model.cards.length];
    if (!card) return;
    const left = card.cents - card.disputes.reduce((sum, one) => sum + one.cents, 0);
    if (left === 0) return;
    const inclVatCents = Math.ceil((left * wanted.share) / 100);
    const disputeId = `dp_${card.id}_${String(card.disputes.length)}`;
    const lost = {
      ...{ supplierId: model.supplierId, causes: [card.id], disputeId, inclVatCents, lostOn: dayBefore(0) },
      ...{ earlier: card.disputes.map(({ id }) => id), to: "DISPUTE" as const, cash: "471" as const },
      ...{ reference: disputeId, decidedBy: "test" },
    };
    const owed = await books.transact({ role: "worker" }, (tx) => books.lost.reverse(tx, lost));
    expect(owed).toBeLessThanOrEqual(inclVatCents);
    card.disputes.push({ id: disputeId, cents: inclVatCents });
    model.collected -= owed;
  },
  refundCards: async ({ model }) => {
    const before = await cashOf(model.supplierId);
    const refund = {
      ...{ supplierId: model.supplierId, netCents: null, bankReference: "Stripe", decidedBy: "test" },
      ...{ paymentKind: "CARD_PAYMENT" as const, only: new Set(model.cards.map(({ id }) => id)) },
    };
    await allowed(
      ["CONFLICT"],
      books.transact({ role: "worker" }, async (tx) => {
        for (const { parts } of await books.adjustments.refund(tx, refund))
          model.collected -= parts.reduce((sum, { inclVatCents }) => sum + inclVatCents, 0);
      }),
    );
    // A card refund does not leave from the bank account.
    expect(await cashOf(model.supplierId)).toBe(before);
  },
  crash: async ({ model: { supplierId }, command: wanted }) => {
    if (wanted.do !== "crash") return;
    // Performs all of it and then rolls back.
    const crashed = books.transact({ role: "worker" }, async (tx) => {
      await books.issuing.issue(tx, { supplierId, before: new Date("2100-01-01"), issuedBy: "test" });
      await receiveCard(tx, supplierId, { id: newId(), cents: wanted.cents, receivedOn: dayBefore(0) });
      throw new Error("killed");
    });
    await expect(crashed).rejects.toThrow("killed");
  },
  issue: async ({ model: { supplierId } }) => {
    await books.finance.issue(by, { supplierId, month: null }, null);
    expect(await books.finance.issue(by, { supplierId, month: null }, null)).toEqual([]);
  },
  refund: async ({ model }) => {
    const wanted = {
      supplierId: model.supplierId,
      netCents: null,
      bankReference: `B${String(++references)}`,
    };
    const before = await cashOf(model.supplierId);
    await allowed(["CONFLICT"], books.finance.refund(by, wanted, null));
    model.cash += (await cashOf(model.supplierId)) - before;
  },
  writeOff: async ({ model: { supplierId } }) => {
    const [oldest] = await openOf(supplierId);
    if (oldest)
      await books.finance.writeOff(by, { supplierId, documentId: oldest.id, reason: "insolvent" }, null);
  },
  lateFees: async ({ model: { supplierId } }) => {
    for (const { id: documentId } of await openOf(supplierId))
      await allowed(["CONFLICT"], books.finance.chargeLateFees(by, { supplierId, documentId }, null));
  },
  lock: async () => {
    const last = month(-1);
    if (await allowed(["CONFLICT", "INVALID_INPUT"], books.monthEnds.lock(by, last, null))) locked.push(last);
  },
  unlock: async () => {
    const last = { month: month(-1), reason: "a late return" };
    if (await allowed(["CONFLICT"], books.monthEnds.unlock(by, last, null))) locked.pop();
  },
  wait: async ({ command: wanted }) => {
    if (wanted.do === "wait" && books.now) books.now = new Date(books.now.getTime() + wanted.days * dayMs);
    await Promise.resolve();
  },
};

/** Commands of the bank stand apart from the others. */
async function step(model: Model, one: Command | BankCommand): Promise<void> {
  if (one.do in steps) await steps[(one as Command).do]({ model, command: one as Command });
  else await bank.run(model, one as BankCommand);
}

const receiveCard = (
  tx: Tx,
  supplierId: string,
  { id, cents: inclVatCents, receivedOn }: { id: string; cents: number; receivedOn: string },
) =>
  books.payments.receive(tx, {
    ...{ kind: "CARD_PAYMENT", cash: "5115", supplierId, inclVatCents, causeId: id },
    ...{ reference: id, receivedOn, recordedBy: "test" },
  });

/**
 * What is at the bank or in transit to it or from it, in the entries of this supplier; money on suspense that was
 * identified as theirs is at the bank. Cards are not of the bank.
 */
async function cashOf(supplierId: string): Promise<number> {
  const [row] = await books.owner.rows(
    `SELECT coalesce(sum(l.debit_cents - l.credit_cents), 0) AS cents FROM entry_line l
     JOIN entry e USING (journal, year, number) WHERE l.account IN ('512', '580', '471')
       AND e.cause_kind <> 'DISPUTE' AND EXISTS (SELECT FROM entry_line s
         WHERE (s.journal, s.year, s.number) = (l.journal, l.year, l.number) AND s.supplier_id = $1)`,
    [supplierId],
  );
  return Number(row?.cents);
}

/** Account 512 holds what the lines say. */
async function checkBank(): Promise<void> {
  const [row] = await books.owner.rows(
    `SELECT (SELECT coalesce(sum(debit_cents - credit_cents), 0) FROM entry_line WHERE account = '512')::bigint AS bank,
       (SELECT coalesce(sum(amount_cents), 0) FROM bank_line)::bigint AS lines`,
  );
  expect(row?.bank).toBe(row?.lines);
}

/**
 * The sum of a supplier's documents is what it paid, owes, or was let off: the written-off invoices, and cents
 * of VAT that a credit note returned without an advance.
 */
async function checkDocuments({
  supplierId,
  cash,
  collected,
}: Account & { collected: number }): Promise<void> {
  const documents = await books.transact({ role: "staff" }, (tx) => documentsIn(tx, books, supplierId));
  const said = documents.reduce((sum, { document }) => {
    const used = document.advances.reduce((cents, one) => cents + one.netCents + one.vatCents, 0);
    const inclVat = document.netCents + document.vatCents - used;
    return sum + (document.kind === "CREDIT_NOTE" ? -inclVat : inclVat);
  }, 0);
  const open = documents.reduce((sum, { openCents }) => sum + openCents, 0);
  const [row] = await books.owner.rows(
    `SELECT coalesce((SELECT sum(net_cents + vat_cents) FROM settlement
         WHERE supplier_id = $1 AND kind = 'WRITE_OFF'), 0)
       - coalesce((SELECT sum(debit_cents) FROM entry_line l JOIN entry e USING (journal, year, number)
         WHERE l.supplier_id = $1 AND l.account = '411' AND e.journal = 'OD' AND e.cause_kind = 'DOCUMENT'), 0)
       AS cents`,
    [supplierId],
  );
  expect(said).toBe(cash + collected + open + Number(row?.cents));
  for (const { document } of documents) expect(brokenFrenchRules(ciiOf(document))).toEqual({});
}

async function check(model: Model): Promise<void> {
  const { supplierId, cash, leads } = model;
  await checkDocuments(model);
  await checkDocuments({ ...model.other, collected: 0 });
  await checkBank();
  const { faults } = await books.proof.prove();
  expect(faults).toEqual([]);
  expect(await cashOf(supplierId)).toBe(cash);
  expect(await cashOf(model.other.supplierId)).toBe(model.other.cash);
  const [row] = await books.owner.rows(
    `SELECT coalesce(sum(CASE kind WHEN 'CHARGE' THEN amount_cents ELSE -amount_cents END), 0) AS cents FROM posting
     WHERE supplier_id = $1 AND kind IN ('CHARGE', 'CREDIT')`,
    [supplierId],
  );
  expect(Number(row?.cents)).toBe(leads);
}

/** In the file of each year, the lines that are lettered together add up to zero. */
async function checkLettering(): Promise<void> {
  const years = await books.owner.rows("SELECT DISTINCT year FROM entry");
  for (const { year } of years) {
    const groups = letteredGroups(await fecOf(books, Number(year)));
    expect(groups.filter(({ cents: sum, days }) => sum !== 0 || days.size !== 1)).toEqual([]);
  }
}

it("every rule of the books holds after any sequence of billing operations", async () => {
  const places = [
    { departement: "69", postcode: "69001" },
    { departement: "974", postcode: "97400" },
    { departement: "973", postcode: "97300" },
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places),
      fc.constantFrom("PREPAID" as const, "POSTPAID" as const),
      fc.array(fc.oneof({ weight: 2, arbitrary: command }, { weight: 1, arbitrary: bankCommand }), {
        minLength: 5,
        maxLength: 30,
      }),
      async (place, mode, commands) => {
        books.now ??= new Date("2026-01-10T09:00:00Z");
        const model: Model = {
          ...(await accountIn(place, mode)),
          other: await accountIn(place, mode),
          ...{ byHand: new Map(), lines: [], collected: 0, leads: 0, kept: [], cards: [] },
        };
        for (const one of commands) {
          await step(model, one);
          await check(model);
        }
        await checkLettering();
      },
    ),
    { numRuns: 25 },
  );
}, 300_000);
