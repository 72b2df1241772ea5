import { Crowded, Turns } from "./turns";

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  it("are taken in the order of coming, never more at once than there may be", async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    let most = 0;
    const turns = new Turns({
      atOnce: 2,
      mostWaiting: 10,
      onChange: (running) => (most = Math.max(most, running)),
    });
    const all = [1, 2, 3, 4, 5].map((n) =>
      turns.take(async () => {
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

  it("are refused at once when too many wait, and given again when they do not", async () => {
    let end: () => void = () => undefined;
    const turns = new Turns({ atOnce: 1, mostWaiting: 1 });
    const first = turns.take(() => new Promise<void>((resolve) => (end = resolve)));
    const second = turns.take(async () => "second");
    await expect(turns.take(async () => "third")).rejects.toThrow(Crowded);
    await settled();
    end();
    await first;
    expect(await second).toBe("second");
    expect(await turns.take(async () => "fourth")).toBe("fourth");
  });
});
