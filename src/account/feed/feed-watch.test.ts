import type { Transact } from "../../platform/database";
import { FeedWatch } from "./feed-watch.service";

const supplierId = "0a1b2c3d-0000-4000-8000-00000000000a";

/** A watch on feeds with these last positions that never receives a hint. */
function watchOn(positions: { readonly [id: string]: number }): FeedWatch {
  const rows = (ids: string[]) => ids.map((id) => ({ id, position: String(positions[id] ?? 0) }));
  const transact = (async (_scope: unknown, work: (tx: unknown) => unknown) =>
    work({ query: async (_sql: string, [ids]: [string[]]) => rows(ids) })) as unknown as Transact;
  return new FeedWatch(transact, { listen: () => () => undefined, version: () => 0 });
}

function follower(position: number) {
  const woken = { times: 0 };
  return { woken, position: () => position, wake: () => (woken.times += 1) };
}

test("wakes watchers that are behind at the next look when no hint arrives", async () => {
  const watch = watchOn({ [supplierId]: 11 });
  const [first, second, abreast] = [follower(10), follower(10), follower(11)];
  watch.watch(supplierId, first);
  watch.watch(supplierId, abreast);
  await watch.look();
  watch.watch(supplierId, second);
  await watch.look();
  expect(second.woken.times).toBe(1);
  expect(first.woken.times).toBe(2);
  expect(abreast.woken.times).toBe(0);
});

test("does not wake a watcher that has stopped watching", async () => {
  const watch = watchOn({ [supplierId]: 11 });
  const gone = follower(0);
  watch.watch(supplierId, gone)();
  await watch.look();
  expect(gone.woken.times).toBe(0);
});
