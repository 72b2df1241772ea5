/** Checks after a run that each accepted lead was delivered as the database says, and that the ledger adds up. */

const sums = {
  "a balance is not the sum of its postings": `
    SELECT a.supplier_id FROM supplier_account a
    LEFT JOIN (SELECT supplier_id, sum(amount_cents) AS cents FROM posting WHERE kind = 'CHARGE' GROUP BY supplier_id) p
      USING (supplier_id) WHERE a.balance_cents <> -coalesce(p.cents, 0)`,
  "the numbers of a supplier's postings or events have a gap": `
    SELECT a.supplier_id FROM supplier_account a
    LEFT JOIN (SELECT supplier_id, count(*), max(number) FROM posting GROUP BY supplier_id) p USING (supplier_id)
    LEFT JOIN (SELECT supplier_id, count(*), max(position) FROM feed_event GROUP BY supplier_id) f USING (supplier_id)
    WHERE a.last_posting <> coalesce(p.count, 0) OR a.last_posting <> coalesce(p.max, 0)
      OR a.last_position <> coalesce(f.count, 0) OR a.last_position <> coalesce(f.max, 0)`,
  "a delivery of the run is not charged at its price": `
    SELECT d.id FROM delivery d JOIN lead l ON l.month = d.month AND l.id = d.lead_id
    LEFT JOIN posting p ON p.supplier_id = d.supplier_id AND p.kind = 'CHARGE' AND p.cause_kind = 'DELIVERY'
      AND p.cause_id = d.id::text
    WHERE l.reference LIKE 'CA-%' AND p.amount_cents IS DISTINCT FROM d.price_cents`,
};

const placed = `SELECT l.reference, array_agg(d.supplier_id::text ORDER BY d.supplier_id) AS delivered,
    array_agg(f.supplier_id::text ORDER BY f.supplier_id) AS told
  FROM lead l JOIN delivery d ON d.month = l.month AND d.lead_id = l.id
  LEFT JOIN feed_event f ON f.supplier_id = d.supplier_id AND f.delivery_id = d.id AND f.kind = 'LEAD_MATCHED'
  WHERE l.reference = ANY ($1) GROUP BY l.reference`;

/** `done` maps a lead's reference to the suppliers whose sockets received it. */
export async function checkOurs(client, done) {
  for (const [fault, sql] of Object.entries(sums)) {
    const { rows } = await client.query(sql);
    if (rows.length > 0) throw new Error(`${fault}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  const { rows } = await client.query(placed, [done.map(([reference]) => reference)]);
  const held = new Map(rows.map((row) => [row.reference, row]));
  for (const [reference, suppliers] of done) {
    const { delivered, told } = held.get(reference) ?? {};
    const seen = JSON.stringify([...suppliers].sort());
    if (seen !== JSON.stringify(delivered) || seen !== JSON.stringify(told))
      throw new Error(
        `${reference} was on the sockets of ${seen}; the database says ${delivered} and ${told}.`,
      );
  }
  return done.length;
}
