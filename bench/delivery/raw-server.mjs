/**
 * The lower bound: a `ws` server that sends prepared bytes to the sockets of a supplier. It builds no answer, reads no
 * consent and speaks no protocol. Like our server, it learns from PostgreSQL what to send.
 */
import { once } from "node:events";
import pg from "pg";
import { WebSocketServer } from "ws";
import { answer } from "../shared/child.mjs";
import { usage } from "../shared/usage.mjs";
import { renumbered } from "./frames.mjs";

const audiences = new Map();
let frame = null;
let listener = null;
let reader = null;

answer({
  ...usage,
  start: async ({ databaseUrl, channel, sample }) => {
    frame = Buffer.from(sample);
    listener = await connected(databaseUrl);
    reader = await connected(databaseUrl);
    listener.on("notification", ({ payload }) => send(payload));
    await listener.query(`LISTEN ${channel}`);
    const server = new WebSocketServer({
      port: 0,
      host: "127.0.0.1",
      perMessageDeflate: false,
      clientTracking: false,
    });
    server.on("connection", (socket, request) =>
      welcome(socket, new URLSearchParams(request.url.split("?")[1])),
    );
    await once(server, "listening");
    return { wsUrl: `ws://127.0.0.1:${server.address().port}/` };
  },
});

async function connected(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

function welcome(socket, query) {
  if (query.has("resume")) return void resume(socket, query.get("resume"));
  const supplier = Number(query.get("supplier"));
  const audience = audiences.get(supplier) ?? new Set();
  audiences.set(supplier, audience.add(socket));
  socket.on("error", () => undefined);
  socket.on("close", () => audience.delete(socket));
}

/** `supplier:number supplier:number ...` */
function send(payload) {
  for (const event of payload.split(" ")) {
    const [supplier, number] = event.split(":").map(Number);
    const bytes = renumbered(frame, number);
    for (const socket of audiences.get(supplier) ?? []) socket.send(bytes, { binary: false });
  }
}

const page = 1_000;
const pageOf = `SELECT f.position, f.at, f.kind, d.id AS "leadId", d.seat, d.seats, d.price_cents, d.matched_at,
    d.channels, n.product_id, n.submitted_at, n.answers, n.place, encode(s.sealed, 'base64') AS sealed
  FROM feed_event f JOIN delivery d ON d.id = f.delivery_id AND d.month = f.month
  JOIN lead_need n ON n.month = d.month AND n.lead_id = d.lead_id
  JOIN lead_secret s ON s.month = d.month AND s.lead_id = d.lead_id
  WHERE f.supplier_id = $1 AND f.position > $2 ORDER BY f.position LIMIT ${page}`;

/** A plain SELECT of the same data, with each row sent as JSON. The person stays sealed. */
async function resume(socket, supplierId) {
  for (let after = 0, rows = null; rows === null || rows.length === page;) {
    ({ rows } = await reader.query({ name: "page", text: pageOf, values: [supplierId, after] }));
    for (const row of rows) socket.send(JSON.stringify(row));
    after = rows.at(-1)?.position ?? after;
  }
}
