/**
 * Follows a supplier's feed in a terminal, as an integration would:
 *
 *   node scripts/follow.mjs [WHO] [--after CURSOR] [--until TYPE]
 *
 * WHO is supplier (default), supplier:N or a token. It resumes automatically from the last cursor it
 * printed, whatever happens to the connection. --until ends it after the first event of that type.
 */
import { parseArgs } from "node:util";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { readDemo, tokenOf } from "./demo-file.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { after: { type: "string" }, until: { type: "string" } },
});
const demo = readDemo();
const query = `subscription ($after: Cursor) { leadFeed(after: $after) { __typename cursor at
  ... on LeadMatched { leadId lead { seat seats priceCents place { commune { name } }
    contact { firstName lastName email phone channels } withheld { field reason } } }
  ... on LeadUpdated { leadId changed }
  ... on LeadRevoked { leadId reason acknowledgeBy }
  ... on CapReached { campaign { name } cap { unit period limit } resetsAt } } }`;

const client = createClient({
  url: demo.wsUrl,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${tokenOf(demo, positionals[0] ?? "supplier")}` },
  // Resuming is our part: a retry by the client would ask from the old cursor again.
  retryAttempts: 0,
});

let after = values.after ?? null;

/** Prints every event of one connection. True when the last one was what --until asked for. */
async function printed() {
  for await (const { data, errors } of client.iterate({ query, variables: { after } })) {
    if (errors) throw new Error(JSON.stringify(errors));
    console.log(JSON.stringify(data.leadFeed));
    after = data.leadFeed.cursor;
    if (data.leadFeed.__typename === values.until) return true;
  }
  return false;
}

async function printedUnlessBroken() {
  try {
    return await printed();
  } catch (error) {
    // A refused key or question will not get better by asking again.
    if (Array.isArray(error) || error.code === 4403) throw error;
    console.error(`the connection broke; reading on after ${after ?? "the last acknowledged event"}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return false;
  }
}

while (!(await printedUnlessBroken()));
await client.dispose();
