/**
 * The straightforward build is a baseline: what a good team would write first. It uses Apollo standalone, stock
 * graphql-ws and plain `pg`; one query matches, and every row is a statement of its own. The rules are a simple form of
 * the product's: consent by name, two caps per campaign, a balance, a ledger, a feed, a sealed contact.
 */
import { createHash } from "node:crypto";
import { EventEmitter, on, once } from "node:events";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import pg from "pg";
import { WebSocketServer } from "ws";
import { built } from "../../matching/built.mjs";
import { answer } from "../../shared/child.mjs";
import { usage } from "../../shared/usage.mjs";
import { confirm, eventOf } from "./allocate.mjs";
import { preview, submit } from "./intake.mjs";
import { typeDefs } from "./schema.mjs";

const { declarationOf, productById } = built("reference/catalogue");

const news = new EventEmitter().setMaxListeners(0);
let pool = null;

answer({
  ...usage,
  start: async ({ databaseUrl }) => {
    pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
    const schema = executable();
    const context = async ({ req }) => {
      await keyed("SELECT FROM form_key WHERE key_hash = $1", req.headers.authorization);
      return {};
    };
    const apollo = new ApolloServer({ schema });
    const { url } = await startStandaloneServer(apollo, { context, listen: { port: 0, host: "127.0.0.1" } });
    const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    useServer(
      {
        schema,
        context: async ({ connectionParams }) => ({
          supplierId: (
            await keyed("SELECT id FROM supplier WHERE key_hash = $1", connectionParams.authorization)
          ).id,
        }),
      },
      sockets,
    );
    await once(sockets, "listening");
    return { url: url.replace("localhost", "127.0.0.1"), wsUrl: `ws://127.0.0.1:${sockets.address().port}/` };
  },
});

async function keyed(sql, authorization = "") {
  const hash = createHash("sha256")
    .update(authorization.replace(/^Bearer /, ""))
    .digest();
  const { rows } = await pool.query(sql, [hash]);
  if (rows.length === 0) throw new Error("This key is unknown.");
  return rows[0];
}

function executable() {
  const schema = buildSchema(typeDefs);
  const resolve = (type, field, resolver) => (schema.getType(type).getFields()[field].resolve = resolver);
  resolve("Query", "form", (_root, { product }) => formOf(product));
  resolve("Mutation", "previewRecipients", (_root, { input }) => preview(pool, input));
  resolve("Mutation", "submitLead", (_root, { input }) => submit(pool, input));
  resolve("Mutation", "confirmPhone", async (_root, { input }) => {
    const { answer: result, events } = await confirm(pool, input);
    for (const event of events) news.emit(event.supplierId, event);
    return result;
  });
  const feed = schema.getSubscriptionType().getFields().leadFeed;
  feed.subscribe = (_root, _args, { supplierId }) => on(news, supplierId);
  feed.resolve = ([event]) => eventOf(pool, event);
  return schema;
}

function formOf(id) {
  const { form } = productById(id);
  return {
    version: form.version,
    confirmBy: form.confirmBy,
    fields: form.fields,
    consent: declarationOf(form, "FR"),
  };
}
