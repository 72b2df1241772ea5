/**
 * Keys and members of a supplier may be limited to some of its sites and campaigns. Each transaction in a
 * supplier's name says so next to whose it is, and the policies hold it: a query that forgets it finds nothing.
 *
 * Without limits a policy must cost next to nothing, so it asks for them once in a query and never calls
 * visible_campaigns(). That one reads the campaigns under their own policy: what hangs on a campaign is seen by
 * whoever sees the campaign, at its present site.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const own = "supplier_id = (SELECT current_supplier())";
const free = "(SELECT is_unlimited())";
const among = (column: string, ids: string): string => `${column} = ANY ((SELECT ${ids}())::uuid[])`;
const ofCampaign = `${free} OR ${among("campaign_id", "visible_campaigns")}`;
const ofDelivery = `${free} OR EXISTS (
  SELECT FROM delivery d WHERE d.month = outcome.month AND d.id = outcome.delivery_id)`;

/** What else a row of the supplier's own must be. Deliveries bound the people behind them already. */
const seenBy: Record<string, string> = {
  campaign: `${free} OR ${among("id", "listed_campaigns")} OR ${among("site_id", "listed_sites")}`,
  site: `${free} OR ${among("id", "visible_sites")}`,
  campaign_version: ofCampaign,
  cap_usage: ofCampaign,
  delivery: ofCampaign,
  feed_event: ofCampaign,
  outcome: ofDelivery,
  // Of the supplier as a whole.
  posting: free,
  bank_transfer: free,
  own_customer: free,
  quality_review: free,
  member: free,
  session: free,
  api_key: free,
};

const uuids = (setting: string): string => `NULLIF(current_setting('caratlas.${setting}', true), '')::uuid[]`;

const functions = `
CREATE FUNCTION is_unlimited() RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT coalesce(current_setting('caratlas.sites', true), '') = '' $$;
CREATE FUNCTION listed_sites() RETURNS uuid[] LANGUAGE sql STABLE AS $$ SELECT ${uuids("sites")} $$;
CREATE FUNCTION listed_campaigns() RETURNS uuid[] LANGUAGE sql STABLE AS $$ SELECT ${uuids("campaigns")} $$;
CREATE FUNCTION visible_campaigns() RETURNS uuid[] LANGUAGE sql STABLE
  AS $$ SELECT ARRAY(SELECT id FROM campaign) $$;
-- A campaign says which site is its own, so that one is no secret from who sees the campaign.
CREATE FUNCTION visible_sites() RETURNS uuid[] LANGUAGE sql STABLE
  AS $$ SELECT listed_sites() || ARRAY(SELECT site_id FROM campaign WHERE site_id IS NOT NULL) $$;
`;

const withoutForce = ["campaign", "campaign_version", "site"];

const limitsOf = (table: string): string => `
  ALTER TABLE ${table} ADD COLUMN limit_sites uuid[], ADD COLUMN limit_campaigns uuid[],
    ADD CONSTRAINT ${table}_limits CHECK (num_nonnulls(limit_sites, limit_campaigns) = 0
      OR num_nonnulls(limit_sites, limit_campaigns) = 2
        AND cardinality(limit_sites) + cardinality(limit_campaigns) > 0
        AND role IN ('SUPPLIER_SALES', 'SUPPLIER_INTEGRATION'));`;

export class Limits1765200000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(limitsOf("api_key") + limitsOf("member"));
    await db.query("GRANT UPDATE (limit_sites, limit_campaigns) ON member TO caratlas_supplier");
    await db.query("ALTER TABLE campaign ADD COLUMN site_id uuid REFERENCES site");
    // Forced row-level security holds the owner, too.
    for (const table of withoutForce) await db.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await db.query(`
      UPDATE campaign c SET site_id = s.id FROM campaign_version v, site s
      WHERE v.campaign_id = c.id AND v.version = c.version AND s.id::text = v.terms->>'site'`);
    for (const table of withoutForce) await db.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await db.query(functions);
    for (const [table, seen] of Object.entries(seenBy)) {
      const rows = `${own} AND (${seen})`;
      await db.query(`ALTER POLICY supplier_rows ON ${table} USING (${rows}) WITH CHECK (${rows})`);
    }
  }

  /** Limits cannot be kept, and who was limited must not see everything instead: their access ends. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE api_key NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE member NO FORCE ROW LEVEL SECURITY;
      UPDATE api_key SET revoked_at = now() WHERE limit_sites IS NOT NULL AND revoked_at IS NULL;
      UPDATE member SET disabled_at = now() WHERE limit_sites IS NOT NULL AND disabled_at IS NULL;
      ALTER TABLE member FORCE ROW LEVEL SECURITY;
      ALTER TABLE api_key FORCE ROW LEVEL SECURITY`);
    for (const table of Object.keys(seenBy)) {
      await db.query(`ALTER POLICY supplier_rows ON ${table} USING (${own}) WITH CHECK (${own})`);
    }
    await db.query(
      "DROP FUNCTION is_unlimited, listed_sites, listed_campaigns, visible_campaigns, visible_sites",
    );
    await db.query("ALTER TABLE campaign DROP COLUMN site_id");
    for (const table of ["api_key", "member"]) {
      await db.query(`ALTER TABLE ${table} DROP COLUMN limit_sites, DROP COLUMN limit_campaigns`);
    }
  }
}
