/**
 * `npm run bench:billing [-- --json] [--leads N] [--rounds N]`: the product's own services invoice a month of N leads
 * (default 100,000) of 500 suppliers, import the payments from the bank statement, and lock, prove, reconcile and
 * export the month. A tenth of the month is measured as well, to show how the time grows. Exits with an error if a
 * single cent is unexplained.
 */
import { parseArgs } from "node:util";
import { built } from "../matching/built.mjs";
import { conditions } from "../matching/report.mjs";
import { connect, startServer } from "../matching/server.mjs";
import { median, rounded, spreadOf } from "../matching/statistics.mjs";
import { addSuppliers, payIn, sellLeads, statementOf, supplierCount } from "./world.mjs";

const { itemLabel } = built("app/item-labels");
const { readConfig } = built("app/settings/config");
const { entities } = built("app/entities");
const { buildLedger } = built("account/ledger/ledger.wiring");
const { buildDocuments } = built("billing/documents/documents.wiring");
const { InvoiceRunBook } = built("billing/documents/invoice-run-book.service");
const { InvoiceRunner } = built("billing/documents/invoice-runner.job");
const { InvoiceRuns } = built("billing/documents/invoice-runs.service");
const { MonthEnds } = built("billing/reporting/month-ends.service");
const { ActsService } = built("billing/reporting/acts.service");
const { ProofService } = built("billing/proof/proof.service");
const { ReportsService } = built("billing/reporting/reports.service");
const { AuditService } = built("access/identity/audit.service");
const { IdempotencyService } = built("access/identity/idempotency.service");
const { transactOn } = built("platform/database");
const { openDatabase } = built("platform/pools");
const { migrate } = built("platform/migrate");
const { ringOf } = built("platform/sealed/key-ring");
const { BankImport } = built("billing/reconciliation/bank-import.service");
const { KnownFacts } = built("billing/reconciliation/known-facts.service");
const { ReconciliationService } = built("billing/reconciliation/reconciliation.service");
const { monthBounds } = built("shared/calendar");
const { ProfilesService } = built("account/suppliers/profiles.service");
const { SupplierBook } = built("account/suppliers/supplier-book.service");

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    leads: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
  },
});
const leads = Number(options.leads);
const rounds = Number(options.rounds);
const finance = {
  kind: "KEY",
  id: "x",
  consumer: "bench",
  role: "FINANCE",
  supplierId: null,
  limits: null,
  origins: [],
};
const month = "2026-10";
const today = "2026-11-03";
const now = new Date(`${today}T09:00:00Z`);
const clock = { now: () => now };
const hints = { publish: () => undefined, version: () => 0, changed: () => Promise.resolve() };

/** Closes one month on a database of its own and returns the seconds of each step. */
async function closeMonth(count) {
  const server = await startServer();
  try {
    await migrate({ ownerUrl: server.ownerUrl, url: server.url });
    const client = await connect(server.ownerUrl);
    const source = await openDatabase({ url: server.url, entities });
    const books = open(transactOn(source));
    await addSuppliers(client);
    const { start, end } = monthBounds(month);
    const before = new Date(start.getTime() - 86_400_000).toISOString().slice(0, 10);
    await payIn(books.transact, books.transfers, before);
    await client.query("SET session_replication_role = replica");
    await sellLeads(client, { count, start, end });
    const steps = await inSteps(books, client);
    const { unexplained, documents } = await unexplainedIn(books, client, count);
    await source.destroy();
    await client.end();
    return { steps, unexplained, documents, postgres: server.version };
  } finally {
    await server.stop();
  }
}

function open(transact) {
  const ledger = buildLedger(clock);
  const book = new SupplierBook();
  const profiles = new ProfilesService(book);
  const policy = { ...readConfig({}).billing, labelOf: itemLabel };
  const { services: kept } = buildDocuments({ transact, clock }, { ...ledger, profiles, policy });
  const [audit, idempotency] = [
    new AuditService(clock),
    new IdempotencyService(ringOf(Buffer.alloc(32, 7)), clock),
  ];
  const opened = () => undefined;
  const onError = (error) => {
    throw error;
  };
  const base = { ...kept, transact, audit, idempotency, clock, hints, opened, onError, book };
  return {
    ...base,
    runs: new InvoiceRuns(base),
    runner: new InvoiceRunner({
      ...base,
      runs: new InvoiceRunBook(clock),
      onStopped: onError,
      settled: () => undefined,
    }),
    monthEnds: new MonthEnds({ transact, acts: new ActsService(base), periods: kept.periods }),
    proof: new ProofService(transact),
    reports: new ReportsService(),
    reconciliation: new ReconciliationService(),
    bank: new BankImport({
      ...base,
      facts: new KnownFacts(),
      entries: ledger.entries,
      suppliers: book,
    }),
  };
}

async function inSteps(books, client) {
  const steps = {};
  const time = async (name, work) => {
    const begun = performance.now();
    const answer = await work();
    steps[name] = (performance.now() - begun) / 1_000;
    return answer;
  };
  const staff = (work) => books.transact({ role: "staff" }, work);
  await time("preview", () => books.runs.preview(finance, month, { after: null, limit: 101 }));
  await time("invoice", async () => {
    await books.runs.start(finance, month, "bench");
    await books.runner.run(new AbortController().signal);
  });
  await client.query("ANALYZE");
  const statement = await statementOf(client, today);
  await time("bank", () => books.bank.take(finance, "CSV", statement));
  await time("lock", () => books.monthEnds.lock(finance, month, null));
  await time("prove", () => books.proof.prove());
  await time("reconcile", () => staff((tx) => books.reconciliation.of(tx, month)));
  await time("declare", () => staff((tx) => books.reports.vatSummary(tx, "2026-11")));
  await time("export", async () => {
    for (let after = null; ;) {
      const page = await staff((tx) => books.reports.fec(tx, 2026, after));
      if (page.after === null) return;
      after = page.after;
    }
  });
  return steps;
}

/** The unexplained cents: errors in the books, differences between the sides, and money on the suspense account. */
async function unexplainedIn(books, client, count) {
  const { faults } = await books.proof.prove();
  const { comparisons, suspenseCents } = await books.transact({ role: "staff" }, (tx) =>
    books.reconciliation.of(tx, month),
  );
  const differing = comparisons.flatMap(({ differences }) => differences);
  const unexplained =
    faults.reduce((sum, { cents }) => sum + Math.abs(cents), faults.length) +
    differing.reduce(
      (sum, { leftCents, rightCents }) => sum + Math.abs(leftCents - rightCents),
      differing.length,
    ) +
    Math.abs(suspenseCents);
  const { rows } = await client.query(
    `SELECT (SELECT count(*) FROM delivery)::integer AS leads,
       (SELECT count(*) FROM billing_document WHERE kind = 'INVOICE')::integer AS invoices,
       (SELECT coalesce(sum(net_cents + vat_cents - advance_net_cents - advance_vat_cents), 0)
          - (SELECT coalesce(sum(net_cents + vat_cents), 0) FROM settlement) FROM billing_document WHERE kind = 'INVOICE')
          ::bigint AS open`,
  );
  const [{ leads: sold, invoices, open: stillOpen }] = rows;
  if (sold !== count || invoices !== supplierCount) throw new Error(`${sold} leads, ${invoices} invoices.`);
  return { unexplained: unexplained + Math.abs(Number(stillOpen)), documents: invoices };
}

const results = { small: [], large: [] };
let heapBytes = 0;
for (let round = 0; round < rounds; round++) {
  results.small.push(await closeMonth(leads / 10));
  results.large.push(await closeMonth(leads));
  heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed);
}
const totalOf = ({ steps }) => Object.values(steps).reduce((sum, seconds) => sum + seconds, 0);
const stepsOf = (runs) =>
  Object.fromEntries(
    Object.keys(runs[0].steps).map((name) => [name, rounded(median(runs.map(({ steps }) => steps[name])))]),
  );
const engineOf = (runs) => ({
  seconds: rounded(median(runs.map(totalOf))),
  spread: rounded(spreadOf(runs.map(totalOf))),
  steps: stepsOf(runs),
});
const unexplainedCents = [...results.small, ...results.large].reduce((sum, run) => sum + run.unexplained, 0);
const about = {
  ...conditions(results.large[0].postgres),
  leads,
  engine: { ...engineOf(results.large), heapMiB: rounded(heapBytes / 2 ** 20) },
  baselines: { [`${leads / 10} leads`]: engineOf(results.small) },
  ratios: {
    growth10kTo100k: rounded(median(results.large.map(totalOf)) / median(results.small.map(totalOf))),
    unexplainedCents,
  },
};
if (options.json) process.stdout.write(`${JSON.stringify(about)}\n`);
else print(about);
if (unexplainedCents !== 0) process.exitCode = 1;

function print({ engine, baselines, ratios }) {
  const [[name, small]] = Object.entries(baselines);
  const say = (text) => process.stdout.write(`${text}\n`);
  say(`| step | ${leads} leads | ${name} |`);
  say("| --- | --- | --- |");
  for (const step of Object.keys(engine.steps))
    say(`| ${step} | ${engine.steps[step]} s | ${small.steps[step]} s |`);
  say(`| all | ${engine.seconds} s | ${small.seconds} s |`);
  say(
    `growth ${ratios.growth10kTo100k} × (goal 12), ${ratios.unexplainedCents} cents unexplained, heap ${engine.heapMiB} MiB`,
  );
}
