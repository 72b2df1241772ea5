import { EventEmitter, once } from "node:events";
import { stoppable } from "./stoppable";

async function* shouts(emitter: EventEmitter, signal: AbortSignal): AsyncGenerator<string> {
  for (;;) {
    const [word] = (await once(emitter, "shout", { signal })) as [string];
    yield word;
  }
}

describe("stoppable", () => {
  it("yields the events in order", async () => {
    const stream = stoppable(async function* () {
      yield* [1, 2, 3];
    });
    const seen: number[] = [];
    for await (const value of stream) seen.push(value);
    expect(seen).toEqual([1, 2, 3]);
  });

  it("ends at once while it waits and removes its listener", async () => {
    const emitter = new EventEmitter();
    const stream = stoppable((signal) => shouts(emitter, signal));
    const waiting = stream.next();
    expect(emitter.listenerCount("shout")).toBe(1);
    await expect(stream.return?.()).resolves.toEqual({ value: undefined, done: true });
    await expect(waiting).resolves.toEqual({ value: undefined, done: true });
    expect(emitter.listenerCount("shout")).toBe(0);
  });

  it("yields nothing after it was stopped, even if the source has more", async () => {
    const stream = stoppable(async function* () {
      yield* [1, 2, 3];
    });
    await stream.next();
    const racing = stream.next();
    await stream.return?.();
    expect((await racing).done).toBe(true);
    expect((await stream.next()).done).toBe(true);
  });

  it("lets the source clean up when the consumer breaks out of the loop", async () => {
    let cleaned = false;
    const stream = stoppable(async function* () {
      try {
        yield* [1, 2, 3];
      } finally {
        cleaned = true;
      }
    });
    for await (const _first of stream) break;
    expect(cleaned).toBe(true);
  });

  it("rethrows a failure of the source", async () => {
    const stream = stoppable<number>(async function* () {
      yield 1;
      throw new Error("the table is gone");
    });
    await stream.next();
    await expect(stream.next()).rejects.toThrow("the table is gone");
  });
});
