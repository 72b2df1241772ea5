import type { PlacedEntry } from "../../account/feed";
import { freshAt } from "./after-attempt";
import type { EndpointEntity } from "./endpoint.entity";
import { Pipeline, type PipelineDeps } from "./pipeline.service";
import type { Sent } from "./sender";

const delivered: Sent = { kind: "DELIVERED", status: 204 };

/** Runs the pipeline once for eight events, each of which takes `eachMs` to send on a simulated clock. */
async function sentInOneRun(eachMs: number): Promise<number[]> {
  let now = new Date("2026-11-26T10:00:00Z");
  let row = {
    id: "e",
    supplierId: "s",
    kind: "WEBHOOK",
    leasedBy: "claim",
    ...freshAt(0, now),
  } as EndpointEntity;
  const entries = Array.from({ length: 8 }, (_, n) => ({ position: n + 1, kind: "CAP_REACHED", at: now }));
  const sent: number[] = [];
  const deps = {
    transact: async (_scope: unknown, work: (tx: unknown) => Promise<unknown>) => work(null),
    reads: { after: async () => ({ events: entries, through: 8 }) },
    eventSender: {
      concerns: () => true,
      send: async (_row: unknown, { position }: PlacedEntry) => {
        now = new Date(now.getTime() + eachMs);
        sent.push(position);
        return delivered;
      },
    },
    leases: {
      move: async (_tx: unknown, _held: unknown, { progress }: { progress: object }) => {
        row = { ...row, ...progress };
        return true;
      },
      current: async () => row,
      release: async () => undefined,
    },
    log: { write: async () => undefined },
    clock: { now: () => now },
    draw: () => 0,
    attempted: () => undefined,
  };
  await new Pipeline(deps as unknown as PipelineDeps).run(row, new AbortController().signal);
  return sent;
}

it("releases an endpoint after two seconds of sending, and sends the whole batch when it is quick", async () => {
  expect(await sentInOneRun(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await sentInOneRun(900)).toEqual([1, 2, 3]);
  // Even a very slow endpoint is sent one event per run.
  expect(await sentInOneRun(9_000)).toEqual([1]);
});
