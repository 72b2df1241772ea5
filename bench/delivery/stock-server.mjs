/** The usual implementation: graphql-ws and graphql-js unchanged, with an iterator per subscriber. */
import { once } from "node:events";
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import pg from "pg";
import { WebSocketServer } from "ws";
import { answer } from "../shared/child.mjs";
import { usage } from "../shared/usage.mjs";
import { stockSchema } from "./documents.mjs";

const digits = 12;

const audiences = new Map();
let event = null;

answer({
  ...usage,
  start: async ({ databaseUrl, channel, sample }) => {
    event = JSON.parse(Buffer.from(sample).toString()).payload.data.leadFeed;
    const listener = new pg.Client({ connectionString: databaseUrl });
    await listener.connect();
    listener.on("notification", ({ payload }) => publish(payload));
    await listener.query(`LISTEN ${channel}`);
    const schema = buildSchema(stockSchema);
    schema.getSubscriptionType().getFields().leadFeed.subscribe = (_root, _args, { supplier }) =>
      follow(supplier);
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
    const context = ({ extra }) => ({
      supplier: Number(new URLSearchParams(extra.request.url.split("?")[1]).get("supplier")),
    });
    useServer({ schema, context }, server);
    await once(server, "listening");
    return { wsUrl: `ws://127.0.0.1:${server.address().port}/` };
  },
});

function publish(payload) {
  for (const one of payload.split(" ")) {
    const [supplier, number] = one.split(":").map(Number);
    const leadId = event.leadId.slice(0, -digits) + number.toString(16).padStart(digits, "0");
    const leadFeed = { ...event, leadId, lead: { ...event.lead, id: leadId } };
    for (const push of audiences.get(supplier) ?? []) push({ leadFeed });
  }
}

async function* follow(supplier) {
  const waiting = [];
  let wake = () => undefined;
  const push = (value) => {
    waiting.push(value);
    wake();
  };
  const audience = audiences.get(supplier) ?? new Set();
  audiences.set(supplier, audience.add(push));
  try {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift();
      await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    audience.delete(push);
  }
}
