/**
 * How long does a starting server take to load the market? Uses the product's own code on a migrated database
 * with many campaigns, in the role that the server uses.
 */
import { built } from "./built.mjs";
import { campaignIdOf, product, supplierIdOf, termsOf } from "./product.mjs";
import { connect } from "./server.mjs";
import { median } from "./statistics.mjs";

const { migrate } = built("platform/migrate");
const { transactOn } = built("platform/database");
const { openDatabase } = built("platform/pools");
const { CampaignBook } = built("offers/campaigns/campaign-book.service");
const { Market } = built("allocation/matching/market.service");
const { entities } = built("app/entities");

const batch = 2_000;
const readings = 3;
const createdAt = new Date("2026-06-01T00:00:00Z");

/** The median of three runs, in seconds. `url` and `ownerUrl` point to one empty database. */
export async function rebuildSeconds({ url, ownerUrl, workload, count }) {
  await migrate({ ownerUrl, url });
  await fill(ownerUrl, workload, count);
  const source = await openDatabase({ url, entities, poolSizes: 2 });
  try {
    const seconds = [];
    while (seconds.length < readings) seconds.push(await readOnce(transactOn(source), count));
    return median(seconds);
  } finally {
    await source.destroy();
  }
}

async function readOnce(transact, count) {
  const neverChanged = { version: () => 0 };
  const market = new Market({ transact, campaigns: new CampaignBook(transact), hints: neverChanged });
  globalThis.gc?.();
  const begun = performance.now();
  const { size } = await market.now();
  if (size !== count) throw new Error(`The market has ${size} campaigns instead of ${count}.`);
  return (performance.now() - begun) / 1_000;
}

/** Inserted as the owner with all triggers active, so that rows are as the product would have written them. */
async function fill(ownerUrl, workload, count) {
  const client = await connect(ownerUrl);
  try {
    await client.query("BEGIN");
    for (let from = 0; from < count; from += batch) {
      const numbers = Array.from({ length: Math.min(batch, count - from) }, (_, index) => from + index);
      await insert(
        client,
        numbers.map((number) => rowOf(workload.campaign(number))),
      );
    }
    await client.query("COMMIT");
    await client.query("VACUUM (ANALYZE) campaign, campaign_version");
  } finally {
    await client.end();
  }
}

const rowOf = (campaign) => ({
  id: campaignIdOf(campaign.number),
  supplier: supplierIdOf(campaign.number),
  terms: termsOf(campaign),
});

async function insert(client, rows) {
  const values = [JSON.stringify(rows), createdAt];
  const from = "FROM jsonb_to_recordset($1) AS r(id uuid, supplier uuid, terms jsonb)";
  await client.query(
    `INSERT INTO supplier SELECT DISTINCT supplier, supplier::text, 'Benchmark', NULL, NULL, '', '', '', '', '{}'::text[],
       $2::timestamptz ${from} ON CONFLICT DO NOTHING`,
    values,
  );
  await client.query(
    `INSERT INTO campaign (id, supplier_id, product_id, status, version, created_at)
     SELECT id, supplier, '${product}', 'ACTIVE', 1, $2 ${from}`,
    values,
  );
  await client.query(
    `INSERT INTO campaign_version (campaign_id, version, supplier_id, terms, created_at, created_by)
     SELECT id, 1, supplier, terms, $2, 'benchmark' ${from}`,
    values,
  );
}
