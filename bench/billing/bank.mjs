/**
 * Imports a long bank statement with the product's services, and compares the time with COPY of the very rows that come
 * of it.
 */
import pg from "pg";
import { connect, startServer } from "../matching/server.mjs";
import { median, rounded, spreadOf } from "../matching/statistics.mjs";
import { newProductDatabase } from "../shared/database.mjs";
import { finance, month, openBooks, today } from "./books.mjs";
import { copyIn, copyOut, presentState } from "./copied-rows.mjs";
import { longStatementOf, tradeMonth } from "./world.mjs";

const leads = 10_000;
const copyRounds = 3;

export async function importBank(count) {
  const server = await startServer();
  try {
    const database = await newProductDatabase(server, "bank");
    const copies = await inMonth(server, database);
    const client = await connect(database.ownerUrl);
    const books = await openBooks(database.url);
    const statement = await longStatementOf(client, { bookedOn: today, count });
    const before = await presentState(client);
    const statements = countStatements();
    const begun = performance.now();
    const imported = await books.bank.take(finance, { format: "CSV", content: statement.text });
    const seconds = (performance.now() - begun) / 1_000;
    const costs = statements.stop();
    await client.query("ANALYZE");
    const unexplained = await unexplainedIn(books, imported, { ...statement, count });
    await books.close();
    const { files, remove } = await copyOut(client, before.begun, before.counts);
    await client.end();
    const [times, bareTimes] = [[], []];
    for (const name of copies) {
      const copy = at(database.ownerUrl, name);
      times.push(await copyIn(copy, files, { bare: false }));
      bareTimes.push(await copyIn(copy, files, { bare: true }));
    }
    await remove();
    return { unexplained, ...resultOf({ count, seconds, costs, files, times, bareTimes }) };
  } finally {
    await server.stop();
  }
}

/** Suppliers with their invoices. Returns the names of copies of that database. */
async function inMonth(server, database) {
  const client = await connect(database.ownerUrl);
  const books = await openBooks(database.url);
  await tradeMonth(client, books, { count: leads, month });
  await books.runs.start(finance, month, "bench");
  await books.runner.run(new AbortController().signal);
  await books.close();
  await client.query("VACUUM ANALYZE");
  await client.end();
  const owner = await connect(server.ownerUrl);
  const names = Array.from({ length: copyRounds }, (_, round) => `copy_${round}`);
  for (const name of names) await owner.query(`CREATE DATABASE ${name} TEMPLATE bank`);
  await owner.end();
  return names;
}

/** Every line must be booked, those that name nobody must wait on suspense, and the books must prove. */
async function unexplainedIn(books, { matched, unmatched, status }, { count, unnamed }) {
  if (status !== "IMPORTED" || matched + unmatched !== count || unmatched !== unnamed)
    throw new Error(
      `${status}: ${matched} lines were matched and ${unmatched} were not, of which ${unnamed} should.`,
    );
  const { faults } = await books.proof.prove();
  return faults.reduce((sum, { cents }) => sum + Math.abs(cents), faults.length);
}

function resultOf({ count, seconds, costs, files, times, bareTimes }) {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return {
    engine: {
      ...{ lines: count, seconds: rounded(seconds), msPerLine: rounded((seconds * 1_000) / count) },
      statementsPerLine: rounded(costs.statements / count),
      costliest: costs.costliest,
    },
    copy: {
      ...{ seconds: rounded(median(times)), spread: rounded(spreadOf(times)), rows },
      bareSeconds: rounded(median(bareTimes)),
      rowsPerTable: Object.fromEntries(files.map((file) => [file.table, file.rows])),
    },
    ratio: rounded(seconds / median(times)),
    bareRatio: rounded(seconds / median(bareTimes)),
  };
}

/** Counts the statements that are sent, and the seconds until each is answered. */
function countStatements() {
  const { query } = pg.Client.prototype;
  const seconds = new Map();
  let statements = 0;
  pg.Client.prototype.query = function (...args) {
    const [config] = args;
    const name =
      config?.name ??
      String(config?.text ?? config)
        .trim()
        .slice(0, 60);
    statements += 1;
    const begun = performance.now();
    const answer = query.apply(this, args);
    const done = () => {
      const known = seconds.get(name) ?? { calls: 0, seconds: 0 };
      known.calls += 1;
      known.seconds += (performance.now() - begun) / 1_000;
      seconds.set(name, known);
    };
    answer?.then?.(done, done);
    return answer;
  };
  return {
    stop: () => {
      pg.Client.prototype.query = query;
      const costliest = [...seconds].sort(([, a], [, b]) => b.seconds - a.seconds).slice(0, 12);
      return {
        statements,
        costliest: costliest.map(([name, { calls, seconds: took }]) => ({
          name,
          calls,
          seconds: rounded(took),
        })),
      };
    },
  };
}

const at = (address, database) => Object.assign(new URL(address), { pathname: `/${database}` }).href;

export function printBank(
  say,
  { lines, seconds, msPerLine, statementsPerLine, costliest },
  { copy, ratio, bareRatio },
) {
  say(`${lines} bank lines: ${seconds} s, ${msPerLine} ms and ${statementsPerLine} statements a line`);
  say(
    `COPY of ${copy.rows} rows: ${copy.seconds} s (spread ${copy.spread}); bankLinesVsCopy ${ratio} (goal 60)`,
  );
  say(`without triggers and foreign keys: ${copy.bareSeconds} s; bankLinesVsBareCopy ${bareRatio}`);
  for (const one of costliest) say(`  ${one.seconds} s in ${one.calls} × ${one.name}`);
  for (const [table, rows] of Object.entries(copy.rowsPerTable)) say(`  ${rows} rows of ${table}`);
}
