/** Measures commits per second over eight connections, with and without the server's hint after each commit. */
import { built } from "../matching/built.mjs";
import { connect } from "../matching/server.mjs";
import { now } from "../shared/clock.mjs";
import { inTurns } from "../shared/turns.mjs";
import { supplierIdOf } from "../shared/suppliers.mjs";

const { Hints } = built("platform/hints");
const { listenTransport } = built("platform/listen.adapter");
const { feedTopic } = built("account/feed/topic");
const connections = 8;
const turnMs = 1_500;

export async function measureCommits({ database, feed }, { suppliers, rounds }) {
  await feed.client.query("CREATE TABLE bench_commit (number bigserial PRIMARY KEY, text text NOT NULL)");
  const clients = await Promise.all(Array.from({ length: connections }, () => connect(database.ownerUrl)));
  const failures = [];
  const hints = new Hints(listenTransport(database.ownerUrl), { onError: (error) => failures.push(error) });
  await hints.start();
  let said = 0;
  const publish = () => hints.publish([feedTopic(supplierIdOf((said += 1) % suppliers))]);
  const turn = async (afterCommit) => {
    const begun = now();
    const counts = await Promise.all(
      clients.map((client) => commitUntil(client, begun + turnMs, afterCommit)),
    );
    return (1_000 * counts.reduce((sum, count) => sum + count, 0)) / (now() - begun);
  };
  const measured = { signalled: () => turn(publish), silent: () => turn(() => undefined) };
  for (const warmUp of Object.values(measured)) await warmUp();
  const figures = await inTurns(measured, { rounds, baselines: ["silent"] });
  await hints.stop();
  for (const client of clients) await client.end();
  if (failures.length > 0) throw failures[0];
  return figures;
}

async function commitUntil(client, end, afterCommit) {
  let count = 0;
  for (; now() < end; count++) {
    await client.query({
      name: "commit",
      text: "INSERT INTO bench_commit (text) VALUES ($1)",
      values: ["x".repeat(200)],
    });
    afterCommit();
  }
  return count;
}
