/** Brings a database to the current schema, as its owner, and lets the login role enter the five roles. */
import { DataSource } from "typeorm";
import { Journey1764000000000 } from "../../migrations/1764000000000-journey";
import { CommuneCentroid1764100000000 } from "../../migrations/1764100000000-commune-centroid";
import { PauseWithAnEnd1764300000000 } from "../../migrations/1764300000000-pause-with-an-end";
import { ZonesFoundAtOnce1764450000000 } from "../../migrations/1764450000000-zones-found-at-once";
import { RepeatedRequests1764500000000 } from "../../migrations/1764500000000-repeated-requests";
import { OwnCustomers1764600000000 } from "../../migrations/1764600000000-own-customers";
import { CampaignChanges1764700000000 } from "../../migrations/1764700000000-campaign-changes";
import { CompactDecisions1764800000000 } from "../../migrations/1764800000000-compact-decisions";
import { RankingFacts1764900000000 } from "../../migrations/1764900000000-ranking-facts";
import { PastLeadsOfAProduct1765000000000 } from "../../migrations/1765000000000-past-leads-of-a-product";
import { DecisionsEndWithThePerson1765100000000 } from "../../migrations/1765100000000-decisions-end-with-the-person";
import { Limits1765200000000 } from "../../migrations/1765200000000-limits";
import { Endpoints1765300000000 } from "../../migrations/1765300000000-endpoints";
import { FeedFloor1765500000000 } from "../../migrations/1765500000000-feed-floor";
import { Sandbox1765700000000 } from "../../migrations/1765700000000-sandbox";
import { Presence1765800000000 } from "../../migrations/1765800000000-presence";
import { Books1766500000000 } from "../../migrations/1766500000000-books";
import { Returns1766600000000 } from "../../migrations/1766600000000-returns";
import { Stripe1766700000000 } from "../../migrations/1766700000000-stripe";
import { BankLines1766800000000 } from "../../migrations/1766800000000-bank-lines";
import { Notices1766900000000 } from "../../migrations/1766900000000-notices";
import { PriceFloors1767000000000 } from "../../migrations/1767000000000-price-floors";
import { Onboarding1767100000000 } from "../../migrations/1767100000000-onboarding";
import { Refunds1767200000000 } from "../../migrations/1767200000000-refunds";
import { SpendCaps1767250000000 } from "../../migrations/1767250000000-spend-caps";
import { LateFees1767260000000 } from "../../migrations/1767260000000-late-fees";
import { Corrections1767270000000 } from "../../migrations/1767270000000-corrections";
import { Einvoices1767300000000 } from "../../migrations/1767300000000-einvoices";
import { Sendings1767400000000 } from "../../migrations/1767400000000-sendings";

const migrations = [
  Journey1764000000000,
  CommuneCentroid1764100000000,
  PauseWithAnEnd1764300000000,
  ZonesFoundAtOnce1764450000000,
  RepeatedRequests1764500000000,
  OwnCustomers1764600000000,
  CampaignChanges1764700000000,
  CompactDecisions1764800000000,
  RankingFacts1764900000000,
  PastLeadsOfAProduct1765000000000,
  DecisionsEndWithThePerson1765100000000,
  Limits1765200000000,
  Endpoints1765300000000,
  FeedFloor1765500000000,
  Sandbox1765700000000,
  Presence1765800000000,
  Books1766500000000,
  Returns1766600000000,
  Stripe1766700000000,
  BankLines1766800000000,
  Notices1766900000000,
  PriceFloors1767000000000,
  Onboarding1767100000000,
  Refunds1767200000000,
  SpendCaps1767250000000,
  LateFees1767260000000,
  Corrections1767270000000,
  Einvoices1767300000000,
  Sendings1767400000000,
];
const databaseRoles = ["gate", "supplier", "person", "staff", "worker", "sandbox"];

export interface MigrateOptions {
  readonly ownerUrl: string;
  /** The role the server connects as. */
  readonly loginUser: string;
}

export async function migrate({ ownerUrl, loginUser }: MigrateOptions): Promise<void> {
  await asOwner(ownerUrl, async (source) => {
    // Two servers may start at once: the second waits here and finds nothing left to do.
    await source.query("SELECT pg_advisory_lock(4120251122)");
    await source.runMigrations({ transaction: "all" });
    await letEnter(source, loginUser);
  });
}

/** Takes every migration back. Data is lost: for tests of the migrations only. */
export async function revertAll({ ownerUrl }: Pick<MigrateOptions, "ownerUrl">): Promise<void> {
  await asOwner(ownerUrl, async (source) => {
    for (const _ of migrations) await source.undoLastMigration({ transaction: "all" });
  });
}

/** How many migrations of this code the database still lacks. */
export async function pendingMigrations(source: DataSource): Promise<number> {
  const rows: { count: string }[] = await source.query(
    "SELECT count(*) FROM migration WHERE name = ANY ($1)",
    [migrations.map((migration) => migration.name)],
  );
  return migrations.length - Number(rows[0]?.count ?? 0);
}

async function asOwner(url: string, work: (source: DataSource) => Promise<void>): Promise<void> {
  const source = new DataSource({
    type: "postgres",
    url,
    migrations,
    migrationsTableName: "migration",
    installExtensions: false,
    // One connection: the advisory lock above is the session's, and ends with it.
    poolSize: 1,
  });
  await source.initialize();
  try {
    await work(source);
  } finally {
    await source.destroy();
  }
}

async function letEnter(source: DataSource, loginUser: string): Promise<void> {
  const user = `"${loginUser.replaceAll('"', '""')}"`;
  const roles = databaseRoles.map((role) => `caratlas_${role}`).join(", ");
  const rows: { server_version_num: string }[] = await source.query("SHOW server_version_num");
  const version = Number(rows[0]?.server_version_num);
  // Without inheritance, a statement outside SET LOCAL ROLE can do nothing at all.
  if (version >= 160_000) await source.query(`GRANT ${roles} TO ${user} WITH INHERIT FALSE, SET TRUE`);
  else await source.query(`ALTER ROLE ${user} NOINHERIT; GRANT ${roles} TO ${user}`);
  await source.query(`GRANT SELECT ON migration TO ${user}`);
}
