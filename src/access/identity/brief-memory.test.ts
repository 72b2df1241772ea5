import { BriefMemory } from "./brief-memory.service";

/** A stopped clock and a source that counts its reads. null is not cached. */
function memory() {
  const state = { now: 0, reads: 0, found: "yes" as string | null };
  const brief = new BriefMemory<string | null>({ keeps: (value) => value !== null, now: () => state.now });
  const ask = (name = "name"): Promise<string | null> =>
    brief.of(name, () => {
      state.reads += 1;
      return Promise.resolve(state.found);
    });
  return { state, brief, ask };
}

describe("BriefMemory", () => {
  it("returns the cached value for a second and reads again afterwards", async () => {
    const { state, ask } = memory();
    await ask();
    state.now = 999;
    expect(await ask()).toBe("yes");
    expect(state.reads).toBe(1);
    state.found = null;
    state.now = 1_000;
    expect(await ask()).toBeNull();
    expect(state.reads).toBe(2);
  });

  it("reads once for concurrent callers of the same name", async () => {
    const { state, ask } = memory();
    await Promise.all([ask(), ask(), ask("other"), ask()]);
    expect(state.reads).toBe(2);
  });

  it("counts the second from the start of a slow read", async () => {
    const { state, brief, ask } = memory();
    let finish: (found: string) => void = () => undefined;
    const slow = brief.of("name", () => new Promise((resolve) => (finish = resolve)));
    state.now = 1_500;
    finish("yes");
    await slow;
    state.found = null;
    expect(await ask()).toBeNull();
  });

  it("starts a new read when the one in progress began a second ago", async () => {
    const { state, brief, ask } = memory();
    void brief.of("name", () => new Promise(() => undefined));
    state.now = 1_000;
    state.found = null;
    expect(await ask()).toBeNull();
  });

  it("forgets cached values and reads in progress at once", async () => {
    const { state, brief, ask } = memory();
    await ask();
    state.found = null;
    brief.forget();
    expect(await ask()).toBeNull();

    let finish: (found: string) => void = () => undefined;
    const under = brief.of("name", () => new Promise((resolve) => (finish = resolve)));
    brief.forget();
    finish("yes");
    expect(await under).toBe("yes");
    expect(await ask()).toBeNull();
  });

  it("reads again when a value may not be cached and when a read failed", async () => {
    const { state, brief, ask } = memory();
    await expect(brief.of("name", () => Promise.reject(new Error("no database")))).rejects.toThrow(
      "no database",
    );
    state.found = null;
    await ask();
    state.found = "yes";
    expect(await ask()).toBe("yes");
    expect(state.reads).toBe(2);
  });

  it("holds at most a thousand values", async () => {
    const { state, ask } = memory();
    for (let number = 0; number <= 1_000; number++) await ask(String(number));
    await ask("1000");
    expect(state.reads).toBe(1_001);
    await ask("0");
    expect(state.reads).toBe(1_002);
  });
});
