/**
 * Writes feed events as allocation does: a lead with its need and its sealed person, a delivery, a row in the feed
 * under the account's lock, and a hint. All are copies of one lead that the product itself processed.
 */
import { randomUUID } from "node:crypto";
import { built } from "../matching/built.mjs";
import { connect } from "../matching/server.mjs";
import { columnsOf, copyRows } from "../shared/copies.mjs";
import { supplierIdOf } from "../shared/suppliers.mjs";

const { LeadVault } = built("people/leads/lead-vault.service");
const { feedTopic } = built("account/feed/topic");

const hex = (number, length) => number.toString(16).padStart(length, "0");
const batch = 1_000;
/** Where src/platform/listen.adapter.ts listens, and how src/platform/hints.ts writes. */
const channel = "caratlas";

/** The hint about these feeds: a channel and a payload for `pg_notify`. */
export const hintOf = (suppliers) => [
  channel,
  [randomUUID(), ...suppliers.map((number) => feedTopic(supplierIdOf(number)))].join(" "),
];

export class Feed {
  /** The number of leads delivered, and of those appended to the feed, by supplier. */
  ready = new Map();
  told = new Map();
  leads = 0;

  static async open({ ownerUrl, keys }) {
    const client = await connect(ownerUrl);
    const feed = new Feed(client, new LeadVault(keys.masterKey, keys.indexKey));
    await feed.learn();
    return feed;
  }

  constructor(client, vault) {
    this.client = client;
    this.vault = vault;
  }

  /** Reads the lead that is copied, and creates the function that appends events. */
  async learn() {
    const { client } = this;
    const { rows } = await client.query(
      `SELECT d.month, d.id AS delivery, d.lead_id AS lead, s.* FROM delivery d
       JOIN lead_secret s USING (month, lead_id) LIMIT 1`,
    );
    const [{ month, delivery, lead, key_id: keyId, wrapped_key: wrappedKey, sealed }] = rows;
    Object.assign(this, { month, delivery, lead });
    this.person = this.vault.open(lead, { keyId, wrappedKey, sealed });
    const columns = await columnsOf(client, "feed_event");
    const changed = {
      supplier_id: "e.supplier",
      position: "e.position",
      at: "now()",
      delivery_id: "e.delivery",
    };
    await client.query(`
      CREATE TABLE bench_event AS SELECT * FROM feed_event WHERE delivery_id = '${delivery}';
      CREATE FUNCTION bench_tell(suppliers uuid[], deliveries uuid[], channel text, hint text) RETURNS void
      LANGUAGE plpgsql AS $$ BEGIN
        PERFORM FROM supplier_account WHERE supplier_id = ANY (suppliers) ORDER BY supplier_id FOR UPDATE;
        WITH event AS (
          SELECT supplier, delivery, row_number() OVER (PARTITION BY supplier ORDER BY nr) AS place
          FROM unnest(suppliers, deliveries) WITH ORDINALITY AS u (supplier, delivery, nr)
        ), counted AS (
          UPDATE supplier_account a SET last_position = last_position + c.count
          FROM (SELECT supplier, count(*) FROM event GROUP BY supplier) AS c WHERE a.supplier_id = c.supplier
          RETURNING a.supplier_id, a.last_position - c.count AS base
        )
        INSERT INTO feed_event (${columns.join(", ")})
        SELECT ${columns.map((column) => changed[column] ?? `t.${column}`).join(", ")}
        FROM bench_event t, (SELECT supplier, delivery, base + place AS position
          FROM event JOIN counted ON supplier_id = supplier) AS e;
        IF hint <> '' THEN PERFORM pg_notify(channel, hint); END IF;
      END $$`);
  }

  deliveryIdOf = (supplier, number) =>
    `${hex(this.month, 4)}${hex(supplier, 4)}-0000-8000-8000-${hex(number, 12)}`;

  /** Inserts leads delivered to these suppliers, at most three each, without appending them to the feeds. */
  async deliver(suppliersOfLeads) {
    for (let from = 0; from < suppliersOfLeads.length; from += batch)
      await this.deliverSome(suppliersOfLeads.slice(from, from + batch));
  }

  async deliverSome(suppliersOfLeads) {
    const leads = [];
    for (const suppliers of suppliersOfLeads) {
      const id = `${hex(this.month, 4)}ffff-0000-8000-8000-${hex((this.leads += 1), 12)}`;
      const { wrappedKey, sealed } = await this.sealedFor(id);
      const deliveries = suppliers.map((supplier, index) => {
        const number = (this.ready.get(supplier) ?? 0) + 1;
        this.ready.set(supplier, number);
        return { id: this.deliveryIdOf(supplier, number), supplier: supplierIdOf(supplier), seat: index + 1 };
      });
      leads.push({ id, key: wrappedKey.toString("hex"), sealed: sealed.toString("hex"), deliveries });
    }
    await this.insert(leads);
  }

  async sealedFor(leadId) {
    const rows = [];
    await this.vault.store({ insert: (_entity, row) => rows.push(row) }, leadId, this.person);
    return rows.find((row) => row.wrappedKey);
  }

  async insert(leads) {
    const { client } = this;
    await client.query("BEGIN");
    await client.query(
      "CREATE TEMPORARY TABLE given ON COMMIT DROP AS SELECT * FROM jsonb_to_recordset($1) AS g(id uuid, key text, sealed text, deliveries jsonb)",
      [JSON.stringify(leads)],
    );
    const of = (table) => ({
      is: `month = ${this.month} AND ${table === "lead" ? "id" : "lead_id"} = '${this.lead}'`,
    });
    const from = "given AS g";
    await copyRows(client, "lead", { ...of("lead"), from, changed: { id: "g.id", reference: "g.id::text" } });
    await copyRows(client, "lead_need", { ...of(), from, changed: { lead_id: "g.id" } });
    const secret = {
      lead_id: "g.id",
      wrapped_key: "decode(g.key, 'hex')",
      sealed: "decode(g.sealed, 'hex')",
    };
    await copyRows(client, "lead_secret", { ...of(), from, changed: secret });
    await copyRows(client, "delivery", {
      is: `id = '${this.delivery}'`,
      from: "given AS g, jsonb_to_recordset(g.deliveries) AS d(id uuid, supplier uuid, seat smallint)",
      changed: { id: "d.id", lead_id: "g.id", supplier_id: "d.supplier", seat: "d.seat", seats: "3" },
    });
    await client.query("COMMIT");
  }

  /** Appends the next delivery of each supplier to its feed, with a hint on commit. */
  async tell(suppliers, [channel, hint] = ["", ""]) {
    const deliveries = suppliers.map((supplier) => {
      const number = (this.told.get(supplier) ?? 0) + 1;
      if (number > (this.ready.get(supplier) ?? 0)) throw new Error(`Supplier ${supplier} has no lead left.`);
      this.told.set(supplier, number);
      return this.deliveryIdOf(supplier, number);
    });
    const values = [suppliers.map(supplierIdOf), deliveries, channel, hint];
    await this.client.query({ name: "tell", text: "SELECT bench_tell($1, $2, $3, $4)", values });
  }

  say = ([channel, hint]) => this.client.query("SELECT pg_notify($1, $2)", [channel, hint]);

  /** Checks that the database holds every event of the run. */
  async check() {
    const { rows } = await this.client.query(
      `SELECT count(*)::int AS events, count(DISTINCT (supplier_id, position))::int AS places,
         (SELECT sum(last_position)::int FROM supplier_account) AS counted FROM feed_event`,
    );
    const [{ events, places, counted }] = rows;
    const told = [...this.told.values()].reduce((sum, number) => sum + number, 0);
    // One more, for the lead that is copied.
    if (events !== told + 1 || places !== events || counted !== events)
      throw new Error(
        `The feeds hold ${events} events, their accounts count ${counted}; ${told} were appended.`,
      );
  }

  close = () => this.client.end();
}
