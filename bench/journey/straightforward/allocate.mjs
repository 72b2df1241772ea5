/** Allocates a confirmed lead to at most three suppliers, row by row, in one transaction. */
import { randomUUID } from "node:crypto";
import { inTransaction, matching, unseal } from "./intake.mjs";

const seats = 3;

/** Returns the answer, and the feeds that have a new event. */
export async function confirm(pool, { reference, code }) {
  return inTransaction(pool, async (tx) => {
    const { rows } = await tx.query("SELECT * FROM lead WHERE reference = $1 FOR UPDATE", [reference]);
    const [lead] = rows;
    if (lead?.state !== "UNCONFIRMED" || lead.code !== code)
      return { answer: { __typename: "LeadRefused", reason: "WRONG" }, events: [] };
    await tx.query("UPDATE lead SET state = 'CLOSED', code = NULL, confirmed_at = now() WHERE id = $1", [
      lead.id,
    ]);
    const events = await allocate(tx, lead);
    return { answer: { __typename: "LeadSubmitted", reference, personalLink: `/p/${reference}` }, events };
  });
}

async function allocate(tx, lead) {
  const consents = await tx.query(
    "SELECT supplier_id FROM consent WHERE lead_id = $1 AND withdrawn_at IS NULL",
    [lead.id],
  );
  const consented = consents.rows.map(({ supplier_id: id }) => id);
  // Locked in a fixed order, so that two leads never deadlock.
  await tx.query("SELECT FROM supplier WHERE id = ANY ($1) ORDER BY id FOR UPDATE", [consented]);
  const wanting = await matching(tx, lead.need, consented);
  const events = [];
  for (const campaign of wanting) {
    if (events.length === seats) break;
    const event = await give(tx, lead, { ...campaign, seat: events.length + 1 });
    if (event) events.push(event);
  }
  return events;
}

async function give(
  tx,
  lead,
  { id, supplier_id: supplierId, price_cents: price, day_limit, month_limit, seat },
) {
  const { rows } = await tx.query("SELECT balance_cents, credit_limit_cents FROM supplier WHERE id = $1", [
    supplierId,
  ]);
  if (Number(rows[0].balance_cents) + Number(rows[0].credit_limit_cents) < Number(price)) return null;
  for (const [period, limit] of [
    ["day", day_limit],
    ["month", month_limit],
  ]) {
    const cap = await tx.query(
      `INSERT INTO cap_used VALUES ($1, $2::text, date_trunc($2::text, now() AT TIME ZONE 'Europe/Paris')::date, 1)
       ON CONFLICT (campaign_id, period, since) DO UPDATE SET used = cap_used.used + 1 RETURNING used`,
      [id, period],
    );
    if (Number(cap.rows[0].used) > Number(limit))
      throw new Error("No cap of this benchmark is ever reached.");
  }
  const delivery = randomUUID();
  await tx.query("INSERT INTO delivery VALUES ($1, $2, $3, $4, $5, $6, now())", [
    delivery,
    lead.id,
    supplierId,
    id,
    seat,
    price,
  ]);
  const entry =
    "INSERT INTO ledger (supplier_id, delivery_id, account, amount_cents) VALUES ($1, $2, $3, $4)";
  await tx.query(entry, [supplierId, delivery, "4181", -price]);
  await tx.query(entry, [supplierId, delivery, "706", price]);
  const account = await tx.query(
    "UPDATE supplier SET balance_cents = balance_cents - $2, last_position = last_position + 1 WHERE id = $1 RETURNING last_position",
    [supplierId, price],
  );
  const position = account.rows[0].last_position;
  await tx.query("INSERT INTO feed VALUES ($1, $2, $3, now())", [supplierId, position, delivery]);
  return { supplierId, delivery, position };
}

/** Renders the event as its supplier may see it now. */
export async function eventOf(pool, { delivery, position }) {
  const { rows } = await pool.query(
    `SELECT d.*, l.need, l.contact_sealed, l.submitted_at, c.channels FROM delivery d JOIN lead l ON l.id = d.lead_id
     JOIN consent c ON c.lead_id = d.lead_id AND c.supplier_id = d.supplier_id AND c.withdrawn_at IS NULL
     WHERE d.id = $1`,
    [delivery],
  );
  const [row] = rows;
  const { channels, need, price_cents: priceCents } = row;
  const contact = unseal(row.contact_sealed);
  return {
    ...{
      __typename: "LeadMatched",
      cursor: String(position),
      at: row.matched_at.toISOString(),
      leadId: row.id,
    },
    lead: {
      ...{ id: row.id, submittedAt: row.submitted_at.toISOString(), matchedAt: row.matched_at.toISOString() },
      ...{ seat: row.seat, seats, priceCents: Number(priceCents), product: { id: need.product } },
      place: { postcode: need.location.postcode },
      contact: {
        ...contact,
        phone: channels.includes("PHONE") ? contact.phone : null,
        email: channels.includes("EMAIL") ? contact.email : null,
        channels,
      },
      answers: Object.entries(need.answers).map(([field, value]) => ({ field, value })),
      withheld: channels.includes("PHONE")
        ? []
        : [{ field: "contact.phone", reason: "CHANNEL_NOT_CONSENTED" }],
      charge: { status: "CHARGED", amountCents: Number(priceCents) },
    },
  };
}
