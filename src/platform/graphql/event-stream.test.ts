import { EventEmitter, once } from "node:events";
import { EventStream } from "./event-stream";

const answered = (event: unknown) => Promise.resolve({ data: { event } });

describe("EventStream", () => {
  it("ends at once when stopped, even if its source cannot be stopped", async () => {
    const source = (async function* () {
      await once(new EventEmitter(), "never");
      yield 1;
    })();
    const stream = new EventStream(source, answered);
    let ends = 0;
    stream.onEnd = () => (ends += 1);
    const waiting = stream.next();
    await stream.return();
    expect((await waiting).done).toBe(true);
    await stream.return();
    expect(ends).toBe(1);
  });

  it("drops an event that was being executed when it was stopped", async () => {
    let finish: () => void = () => undefined;
    const slow = () => new Promise<{ data: null }>((resolve) => (finish = () => resolve({ data: null })));
    const stream = new EventStream(eventsOf([1]), slow);
    const waiting = stream.next();
    await new Promise((resolve) => setImmediate(resolve));
    await stream.return();
    finish();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });

  it("rethrows a failure of the source and ends", async () => {
    const stream = new EventStream(failing(), answered);
    let ended = false;
    stream.onEnd = () => (ended = true);
    await expect(stream.next()).rejects.toThrow("the table is gone");
    expect(ended).toBe(true);
  });

  it("closes its source when stopped", async () => {
    const source = eventsOf([1, 2]);
    const stream = new EventStream(source, answered);
    expect((await stream.next()).value).toEqual({ data: { event: 1 } });
    await stream.return();
    expect((await source.next()).done).toBe(true);
  });
});

async function* eventsOf(events: readonly number[]): AsyncGenerator<number> {
  yield* events;
}

async function* failing(): AsyncGenerator<number> {
  throw new Error("the table is gone");
}
