/**
 * Checks from the rows what must always hold. It shares no code with what it checks. The deliveries in a supplier's
 * feed are in the order of their commits.
 */
import type { Owner } from "./rows";

const effect = `(CASE WHEN p.credit IN ('411', '4181', '4191') THEN p.amount_cents ELSE 0 END
               - CASE WHEN p.debit IN ('411', '4181', '4191') THEN p.amount_cents ELSE 0 END)`;

/** Every delivery with its position in the feed and the terms under which it was sold. */
const taken = `
  SELECT d.*, v.terms, f.position FROM delivery d
  JOIN campaign_version v ON v.campaign_id = d.campaign_id AND v.version = d.campaign_version
  LEFT JOIN feed_event f ON f.kind = 'LEAD_MATCHED' AND f.delivery_id = d.id
  WHERE NOT d.sandbox`;

/** The start of a cap's window that contains this time, by PostgreSQL's calendar. */
const windowStart = (period: string, at: string, zone: string): string =>
  `date_trunc(lower(${period}), ${at} AT TIME ZONE CASE ${period} WHEN 'HOUR' THEN 'UTC' ELSE ${zone} END)`;

const rules: Readonly<Record<string, string>> = {
  "a balance is not the sum of its postings": `
    SELECT a.supplier_id, a.balance_cents, coalesce(sum(${effect}), 0) AS posted
    FROM supplier_account a LEFT JOIN posting p USING (supplier_id)
    GROUP BY a.supplier_id HAVING a.balance_cents <> coalesce(sum(${effect}), 0)`,
  // A credit limit can be lowered below what is owed, but nobody can spend more than was paid in.
  "more was spent than was paid in": `
    SELECT supplier_id, number, standing FROM (
      SELECT p.supplier_id, p.number, a.mode, sum(${effect}) OVER (PARTITION BY p.supplier_id ORDER BY p.number) AS standing
      FROM posting p JOIN supplier_account a USING (supplier_id)
    ) AS history WHERE mode = 'PREPAID' AND standing < 0`,
  "the numbers of postings have a gap": `
    SELECT a.supplier_id FROM supplier_account a LEFT JOIN posting p USING (supplier_id)
    GROUP BY a.supplier_id
    HAVING a.last_posting <> count(p.number) OR a.last_posting <> coalesce(max(p.number), 0)`,
  "the positions of a feed have a gap": `
    SELECT a.supplier_id FROM supplier_account a
    LEFT JOIN feed_floor g USING (supplier_id) LEFT JOIN feed_event f USING (supplier_id)
    GROUP BY a.supplier_id, g.position
    HAVING a.last_position <> coalesce(g.position, 0) + count(f.position)
      OR a.last_position <> coalesce(max(f.position), g.position, 0)`,
  "a delivery is not charged exactly once at its price": `
    SELECT d.id, count(p.number), sum(p.amount_cents) FROM delivery d
    LEFT JOIN posting p ON p.kind = 'CHARGE' AND p.cause_kind = 'DELIVERY' AND p.cause_id = d.id::text
      AND p.supplier_id = d.supplier_id
    WHERE NOT d.sandbox
    GROUP BY d.month, d.id HAVING count(p.number) <> 1 OR sum(p.amount_cents) <> d.price_cents`,
  "a sandbox has money or postings": `
    SELECT s.id FROM supplier s JOIN supplier_account a ON a.supplier_id = s.id
    WHERE s.sandbox AND (a.mode <> 'SANDBOX' OR EXISTS (SELECT FROM posting p WHERE p.supplier_id = s.id)
      OR EXISTS (SELECT FROM bank_transfer b WHERE b.supplier_id = s.id))`,
  "a sandbox and a real lead are connected": `
    SELECT d.id FROM delivery d JOIN lead l ON l.id = d.lead_id JOIN supplier s ON s.id = d.supplier_id
    WHERE d.sandbox <> s.sandbox OR d.sandbox <> (l.sandbox_supplier_id IS NOT NULL)
      OR l.sandbox_supplier_id <> d.supplier_id`,
  "a charge or credit names no delivery": `
    SELECT p.supplier_id, p.number FROM posting p
    WHERE p.kind IN ('CHARGE', 'CREDIT')
      AND NOT EXISTS (SELECT FROM delivery d WHERE d.id::text = p.cause_id AND d.supplier_id = p.supplier_id)`,
  "a transfer's posting names no transfer": `
    SELECT p.supplier_id, p.number FROM posting p
    WHERE p.kind IN ('BANK_TRANSFER', 'BANK_TRANSFER_VAT')
      AND NOT EXISTS (SELECT FROM bank_transfer b WHERE b.id::text = p.cause_id AND b.supplier_id = p.supplier_id)`,
  "a transfer is not posted to the cent": `
    SELECT b.id FROM bank_transfer b
    LEFT JOIN posting p ON p.cause_kind = 'BANK_TRANSFER' AND p.cause_id = b.id::text
    GROUP BY b.id HAVING coalesce(sum(p.amount_cents), 0) <> b.amount_incl_vat_cents`,
  "a lead went to more suppliers than it has seats": `
    SELECT l.id, l.seats, l.seats_taken, count(d.id) FROM lead l LEFT JOIN delivery d ON d.lead_id = l.id
    GROUP BY l.month, l.id
    HAVING l.seats_taken <> count(d.id) OR count(d.id) > coalesce(l.seats, 0) OR count(d.id) > 3`,
  "a supplier was sold a lead with more seats than it takes": `
    SELECT d.id, l.seats, v.terms->>'maxSeats' AS wanted FROM delivery d
    JOIN lead l ON l.id = d.lead_id
    JOIN campaign_version v ON v.campaign_id = d.campaign_id AND v.version = d.campaign_version
    WHERE l.seats > coalesce((v.terms->>'maxSeats')::int, 3) OR d.seats <> l.seats`,
  "a supplier received a lead twice": `
    SELECT lead_id, supplier_id FROM delivery GROUP BY lead_id, supplier_id HAVING count(*) > 1`,
  "a delivery is not in the feed exactly once": `
    SELECT d.id, count(f.position) FROM delivery d
    LEFT JOIN feed_event f ON f.kind = 'LEAD_MATCHED' AND f.delivery_id = d.id AND f.supplier_id = d.supplier_id
    GROUP BY d.month, d.id HAVING count(f.position) <> 1`,
  "the end of a right was not announced exactly once": `
    SELECT d.id FROM delivery d
    LEFT JOIN feed_event f ON f.kind = 'LEAD_REVOKED' AND f.delivery_id = d.id
    GROUP BY d.month, d.id HAVING count(f.position) <> (d.revoked_at IS NOT NULL)::int`,
  "a cap was exceeded": `
    WITH taken AS (${taken})
    SELECT d.id, cap FROM taken d
    CROSS JOIN LATERAL jsonb_array_elements(d.terms->'caps') AS cap
    CROSS JOIN LATERAL (
      SELECT CASE cap->>'unit' WHEN 'LEADS' THEN count(*) ELSE sum(e.price_cents) END AS used FROM taken e
      WHERE e.campaign_id = d.campaign_id AND e.position <= d.position
        AND ${windowStart("cap->>'period'", "e.matched_at", "d.terms->>'timeZone'")}
          = ${windowStart("cap->>'period'", "d.matched_at", "d.terms->>'timeZone'")}
    ) AS counted
    WHERE used > (cap->>'limit')::bigint`,
  // While a campaign has no cap, its counters do not change.
  "a cap's counter differs from the deliveries": `
    WITH taken AS (${taken})
    SELECT u.campaign_id, u.unit, u.period, u.used FROM cap_usage u
    JOIN campaign c ON c.id = u.campaign_id AND c.version = 1
    LEFT JOIN taken d ON d.campaign_id = u.campaign_id
      AND ${windowStart("u.period", "d.matched_at", "d.terms->>'timeZone'")}
        = ${windowStart("u.period", "u.window_start", "d.terms->>'timeZone'")}
    GROUP BY u.campaign_id, u.unit, u.period, u.window_start, u.used
    HAVING u.used <> CASE u.unit WHEN 'LEADS' THEN count(d.id) ELSE coalesce(sum(d.price_cents), 0) END`,
};

/** Describes each violation with the rows that show it; empty when there is none. */
export async function faultsIn(owner: Owner): Promise<string[]> {
  const faults: string[] = [];
  for (const [rule, sql] of Object.entries(rules)) {
    const rows = await owner.rows(sql);
    if (rows.length > 0) faults.push(`${rule}: ${JSON.stringify(rows.slice(0, 5))}`);
  }
  return faults;
}
