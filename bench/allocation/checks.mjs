/** What must hold at the end of a run, checked on the rows alone. Each query finds violations. */
import { ticked } from "./world.mjs";

const effect =
  "CASE WHEN credit IN ('411', '4181', '4191') THEN amount_cents ELSE 0 END - CASE WHEN debit IN ('411', '4181', '4191') THEN amount_cents ELSE 0 END";

const rules = {
  "a balance is not the sum of its postings, or their numbers have a gap": `
    SELECT a.supplier_id FROM supplier_account a JOIN (
      SELECT supplier_id, sum(${effect}) AS posted, count(*) AS count, max(number) AS last FROM posting GROUP BY supplier_id
    ) AS p USING (supplier_id) WHERE a.balance_cents <> posted OR a.last_posting <> count OR a.last_posting <> last`,
  "the positions of a feed have a gap": `
    SELECT a.supplier_id FROM supplier_account a LEFT JOIN (
      SELECT supplier_id, count(*) AS count, max(position) AS last FROM feed_event GROUP BY supplier_id
    ) AS f USING (supplier_id) WHERE a.last_position <> coalesce(count, 0) OR a.last_position <> coalesce(last, 0)`,
  "a delivery is not charged exactly once at its price, or is not in its feed exactly once": `
    SELECT d.id FROM delivery d
    LEFT JOIN posting p ON p.supplier_id = d.supplier_id AND p.cause_id = d.id::text AND p.kind = 'CHARGE' AND p.amount_cents = d.price_cents
    LEFT JOIN feed_event f ON f.supplier_id = d.supplier_id AND f.delivery_id = d.id AND f.kind = 'LEAD_MATCHED'
    GROUP BY d.month, d.id HAVING count(p.number) <> 1 OR count(f.position) <> 1`,
  "more or fewer charges than deliveries": `
    SELECT 1 FROM (SELECT count(*) FROM delivery) AS d (n), (SELECT count(*) FROM posting WHERE kind = 'CHARGE') AS p (n) WHERE d.n <> p.n`,
  "a cap was exceeded, or its counter differs from the deliveries": `
    SELECT u.campaign_id FROM cap_usage u
    JOIN campaign_version v ON v.campaign_id = u.campaign_id AND v.version = 1
    JOIN LATERAL (SELECT (cap->>'limit')::bigint AS most FROM jsonb_array_elements(v.terms->'caps') AS cap
      WHERE cap->>'unit' = u.unit AND cap->>'period' = u.period) AS cap ON true
    JOIN LATERAL (SELECT count(*) AS leads, coalesce(sum(price_cents), 0) AS cents FROM delivery d
      WHERE d.campaign_id = u.campaign_id AND d.matched_at >= u.window_start
        AND d.matched_at < u.window_start + ('1 ' || u.period)::interval) AS taken ON true
    WHERE u.used > cap.most OR u.used <> CASE u.unit WHEN 'LEADS' THEN leads ELSE cents END`,
};

export async function checkAnswers({ owner, given }) {
  const faults = [];
  for (const [rule, sql] of Object.entries(rules)) {
    const { rows } = await owner.query(sql);
    if (rows.length > 0) faults.push(`${rule} (${rows.length})`);
  }
  const { rows } = await owner.query(
    `SELECT l.id FROM unnest($1::uuid[]) AS l (id)
     JOIN LATERAL (SELECT month_of_id(l.id) AS month) AS m ON true
     WHERE (SELECT count(*) FROM delivery d WHERE d.month = m.month AND d.lead_id = l.id) <> ${ticked}
        OR (SELECT count(*) FROM decision d WHERE d.month = m.month AND d.lead_id = l.id) <> 1
        OR NOT EXISTS (SELECT FROM lead WHERE month = m.month AND id = l.id AND state = 'CLOSED')`,
    [given],
  );
  if (rows.length > 0) faults.push(`a lead was not allocated once (${rows.length})`);
  return faults;
}
