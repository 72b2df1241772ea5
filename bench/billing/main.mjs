/**
 * `npm run bench:billing [-- --json] [--leads N] [--rounds N] [--bank-lines N]`: the product's own services invoice a
 * month of N leads (default 100,000) of 500 suppliers, import the payments from the bank statement, and lock, prove,
 * reconcile and export the month. A tenth of the month is measured as well, to show how the time grows. Then a bank
 * statement of N lines (default 50,000; 0 leaves it out) is imported, matched and booked, compared with COPY of the rows
 * that it becomes. Exits with an error if a single cent is unexplained.
 */
import { parseArgs } from "node:util";
import { built } from "../matching/built.mjs";
import { conditions } from "../matching/report.mjs";
import { connect, startServer } from "../matching/server.mjs";
import { median, rounded, spreadOf } from "../matching/statistics.mjs";
import { importBank, printBank } from "./bank.mjs";
import { finance, month, openBooks, today } from "./books.mjs";
import { statementOf, supplierCount, tradeMonth } from "./world.mjs";

const { migrate } = built("platform/migrate");

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    leads: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    "bank-lines": { type: "string", default: "50000" },
  },
});
const leads = Number(options.leads);
const rounds = Number(options.rounds);
const bankLines = Number(options["bank-lines"]);
/** Closes one month on a database of its own and returns the seconds of each step. */
async function closeMonth(count) {
  const server = await startServer();
  try {
    await migrate({ ownerUrl: server.ownerUrl, url: server.url });
    const client = await connect(server.ownerUrl);
    const books = await openBooks(server.url);
    await tradeMonth(client, books, { count, month });
    const steps = await inSteps(books, client);
    const { unexplained, documents } = await unexplainedIn(books, client, count);
    await books.close();
    await client.end();
    return { steps, unexplained, documents, postgres: server.version };
  } finally {
    await server.stop();
  }
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
  await time("bank", () => books.bank.take(finance, { format: "CSV", content: statement }));
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
const bank = bankLines > 0 ? await importBank(bankLines) : null;
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
const unexplainedCents = [...results.small, ...results.large].reduce(
  (sum, run) => sum + run.unexplained,
  bank?.unexplained ?? 0,
);
const about = {
  ...conditions(results.large[0].postgres),
  leads,
  engine: {
    ...{ ...engineOf(results.large), heapMiB: rounded(heapBytes / 2 ** 20) },
    ...(bank && { bank: bank.engine }),
  },
  baselines: { [`${leads / 10} leads`]: engineOf(results.small), ...(bank && { copy: bank.copy }) },
  ratios: {
    growth10kTo100k: rounded(median(results.large.map(totalOf)) / median(results.small.map(totalOf))),
    unexplainedCents,
    ...(bank && { bankLinesVsCopy: bank.ratio, bankLinesVsBareCopy: bank.bareRatio }),
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
  if (engine.bank) printBank(say, engine.bank, { ...bank, copy: baselines.copy });
}
