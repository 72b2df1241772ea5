/**
 * Reads campaigns: a supplier's own for the supplier, and those that may take a lead for matching. Changes
 * are campaigns.service.ts.
 */
import type { EntityManager } from "typeorm";
import { scopeOf, type Principal, type SupplierScope } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { preparedStatement } from "../../platform/prepared-statement";
import { integerOf } from "../../shared/integer";
import type { CampaignView } from "./campaign-view";
import type { CampaignTerms } from "./terms";
import { TermsCache, type TermsKey } from "./terms-cache";

export interface CampaignPage {
  readonly after: { createdAt: string; id: string } | null;
  readonly limit: number;
}

interface CampaignRow {
  id: string;
  supplier_id: string;
  status: CampaignView["status"];
  paused_until: Date | null;
  version: number;
  created_at: Date;
}

/** As the market stores it. */
export type StandingCampaign = Omit<CampaignView, "createdAt">;
type MarketRow = Omit<JoinedRow, "created_at">;

interface JoinedRow extends CampaignRow {
  terms: CampaignTerms;
}

const columns = "c.id, c.supplier_id, c.status, c.paused_until, c.version, c.created_at";
const joined = `
  SELECT ${columns}, v.terms
  FROM campaign c JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version`;

const readOfSuppliers = preparedStatement<CampaignRow>(
  "campaign.suppliers",
  `SELECT ${columns} FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
     SELECT id, supplier_id, status, paused_until, version, created_at FROM campaign
     WHERE supplier_id = wanted.id AND product_id = ANY ($2::text[]) AND status <> 'ARCHIVED'
     OFFSET 0) AS c ORDER BY c.id`,
);

export interface VersionTerms extends TermsKey {
  readonly terms: CampaignTerms;
  /** When this version was created. */
  readonly createdAt: Date;
}

/** Some tens of megabytes. */
const termsKept = 20_000;
const changesPerPage = 2_000;

export class CampaignBook {
  private readonly cache = new TermsCache(termsKept);

  constructor(private readonly transact: Transact) {}

  /** Newest first. */
  async page(scope: SupplierScope, { after, limit }: CampaignPage): Promise<CampaignView[]> {
    return this.transact(scope, async (tx) => {
      const rows: JoinedRow[] = await tx.query(
        `${joined} WHERE c.supplier_id = $1 AND ($2::timestamptz IS NULL OR (c.created_at, c.id) < ($2, $3::uuid))
         ORDER BY c.created_at DESC, c.id DESC LIMIT $4`,
        [scope.supplierId, after?.createdAt ?? null, after?.id ?? null, limit],
      );
      return rows.map(viewOf);
    });
  }

  /** In the order of `ids`; null for campaigns that are not the supplier's. */
  async byIds(scope: SupplierScope, ids: readonly string[]): Promise<(CampaignView | null)[]> {
    const views = await this.transact(scope, (tx) => viewsOf(tx, ids));
    return ids.map((id) => views.get(id) ?? null);
  }

  /** Those of these campaigns that the principal may see. */
  async seenBy(by: Principal, ids: readonly string[]): Promise<ReadonlyMap<string, CampaignView>> {
    return this.transact(scopeOf(by), (tx) => viewsOf(tx, ids));
  }

  /** The active and paused campaigns of these suppliers for these products. Archived campaigns never take a lead. */
  async ofSuppliers(
    tx: EntityManager,
    products: readonly string[],
    supplierIds: readonly string[],
  ): Promise<CampaignView[]> {
    return this.withTerms(tx, await readOfSuppliers(tx, [supplierIds, products]));
  }

  /**
   * The oldest transaction that is still running: its writes and those of later ones may not be visible yet.
   * Read it before `changedSince`, and pass it to the next call of `changedSince`.
   */
  async horizon(tx: EntityManager): Promise<number> {
    const rows: { horizon: string }[] = await tx.query(
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon",
    );
    return integerOf(rows[0]?.horizon);
  }

  /**
   * Campaigns of any status that were written since a horizon, or shortly before it; all campaigns from
   * horizon 0. The next page is fetched while the caller processes one.
   */
  async *changedSince(
    tx: EntityManager,
    horizon: number,
  ): AsyncGenerator<StandingCampaign[], void, undefined> {
    for (let next: Promise<MarketRow[]> | null = changesAfter(tx, horizon, null); next !== null;) {
      const rows: MarketRow[] = await next;
      const last = rows.length < changesPerPage ? undefined : rows.at(-1);
      next = last ? changesAfter(tx, horizon, last.id) : null;
      // If the caller stops early, nobody awaits this query, and it may fail when the transaction ends.
      next?.catch(() => undefined);
      yield rows.map(standingOf);
    }
  }

  /** Caches terms, because many decisions read the same campaigns. */
  private async withTerms(tx: EntityManager, rows: readonly CampaignRow[]): Promise<CampaignView[]> {
    const known = rows.map((row) => this.cache.get({ campaignId: row.id, version: row.version }));
    const missing = rows.flatMap(({ id, version }, index) =>
      known[index] ? [] : [{ campaignId: id, version }],
    );
    const read = await this.termsOf(tx, missing);
    for (const { campaignId, version, terms } of read) this.cache.put({ campaignId, version }, terms);
    const termsOf = new Map(read.map(({ campaignId, terms }) => [campaignId, terms]));
    return rows.flatMap((row, index) => {
      const terms = known[index] ?? termsOf.get(row.id);
      return terms ? [viewOf({ ...row, terms })] : [];
    });
  }

  /** The terms of any versions, always read from the database: a replay must not trust a cache. */
  async termsOf(tx: EntityManager, wanted: readonly TermsKey[]): Promise<VersionTerms[]> {
    if (wanted.length === 0) return [];
    return tx.query(
      `SELECT campaign_id AS "campaignId", version, terms, created_at AS "createdAt" FROM campaign_version
       WHERE (campaign_id, version) IN (
         SELECT id, version FROM unnest($1::uuid[], $2::integer[]) AS w (id, version))`,
      [wanted.map(({ campaignId }) => campaignId), wanted.map(({ version }) => version)],
    );
  }
}

/** Without the columns that the market does not need, because a starting server reads a hundred thousand rows. */
const changesAfter = (tx: EntityManager, horizon: number, after: string | null): Promise<MarketRow[]> =>
  tx.query(
    `SELECT c.id, c.supplier_id, c.status, c.paused_until, c.version, v.terms
     FROM campaign c JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version
     WHERE c.changed_in >= $1 AND ($2::uuid IS NULL OR c.id > $2) ORDER BY c.id LIMIT ${String(changesPerPage)}`,
    [horizon, after],
  );

const standingOf = ({
  id,
  supplier_id,
  status,
  paused_until,
  version,
  terms,
}: MarketRow): StandingCampaign => ({
  ...{ id, supplierId: supplier_id, status, pausedUntil: paused_until, version, terms },
});

const viewOf = (row: JoinedRow): CampaignView => ({
  id: row.id,
  supplierId: row.supplier_id,
  status: row.status,
  pausedUntil: row.paused_until,
  version: row.version,
  createdAt: row.created_at,
  terms: row.terms,
});

async function viewsOf(tx: EntityManager, ids: readonly string[]): Promise<Map<string, CampaignView>> {
  const rows: JoinedRow[] = await tx.query(`${joined} WHERE c.id = ANY ($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, viewOf(row)]));
}
