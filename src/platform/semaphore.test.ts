import { QueueFull, Semaphore } from "./semaphore";

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("Semaphore", () => {
  it("runs work in the order of arrival and never exceeds its concurrency", async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    let most = 0;
    const semaphore = new Semaphore({
      concurrency: 2,
      maxQueued: 10,
      onChange: (running) => (most = Math.max(most, running)),
    });
    const all = [1, 2, 3, 4, 5].map((n) =>
      semaphore.run(async () => {
        begun.push(n);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (n === 2) throw new Error("2 fails");
        return n;
      }),
    );
    const results = Promise.allSettled(all);
    for (let ended = 0; ended < 5; ended += 1) {
      await settled();
      expect(begun).toHaveLength(Math.min(5, ended + 2));
      ends[ended]?.();
    }
    expect((await results).map(({ status }) => status)).toEqual(
      [1, 2, 3, 4, 5].map((n) => (n === 2 ? "rejected" : "fulfilled")),
    );
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it("rejects at once while its queue is full, and accepts work again afterwards", async () => {
    let end: () => void = () => undefined;
    const semaphore = new Semaphore({ concurrency: 1, maxQueued: 1 });
    const first = semaphore.run(() => new Promise<void>((resolve) => (end = resolve)));
    const second = semaphore.run(async () => "second");
    await expect(semaphore.run(async () => "third")).rejects.toThrow(QueueFull);
    await settled();
    end();
    await first;
    expect(await second).toBe("second");
    expect(await semaphore.run(async () => "fourth")).toBe("fourth");
  });
});
