import { KnownKeys } from "./known-keys.service";
import type { Principal, Role } from "./principal";

const principal = (role: Role, id = "key"): Principal =>
  ({ kind: "KEY", id, consumer: `key:${id}`, role, supplierId: null, origins: [] }) as unknown as Principal;
const hash = Buffer.from("hash");

/** A clock that stands still, and a table with one key that counts how often it is read. */
function table(role: Role = "FORM") {
  const state = { now: 0, reads: 0, found: principal(role) as Principal | null };
  const keys = new KnownKeys(() => state.now);
  const ask = (): Promise<Principal | null> =>
    keys.of(hash, () => {
      state.reads += 1;
      return Promise.resolve(state.found);
    });
  return { state, keys, ask };
}

describe("a form key that was read", () => {
  it("is not read again for a second, and is after it", async () => {
    const { state, ask } = table();
    await ask();
    state.now = 999;
    expect((await ask())?.id).toBe("key");
    expect(state.reads).toBe(1);
    state.found = null;
    state.now = 1_000;
    expect(await ask()).toBeNull();
    expect(state.reads).toBe(2);
  });

  it("is read once for all who ask meanwhile", async () => {
    const { state, ask } = table();
    await Promise.all([ask(), ask(), ask()]);
    expect(state.reads).toBe(1);
  });

  it("counts its second from before it was read, however long that took", async () => {
    const { state, keys, ask } = table();
    let finish: (found: Principal) => void = () => undefined;
    const slow = keys.of(hash, () => new Promise((resolve) => (finish = resolve)));
    state.now = 1_500;
    finish(principal("FORM"));
    await slow;
    state.found = null;
    expect(await ask()).toBeNull();
  });

  it("does not let those who come after a second wait for a read that began before", async () => {
    const { state, keys, ask } = table();
    void keys.of(hash, () => new Promise(() => undefined));
    state.now = 1_000;
    state.found = null;
    expect(await ask()).toBeNull();
  });

  it("is forgotten at once, also when it was being read", async () => {
    const { state, keys, ask } = table();
    await ask();
    state.found = null;
    keys.forget("key");
    expect(await ask()).toBeNull();

    let finish: (found: Principal) => void = () => undefined;
    const under = keys.of(hash, () => new Promise((resolve) => (finish = resolve)));
    keys.forget("key");
    finish(principal("FORM"));
    await under;
    expect(await ask()).toBeNull();
  });

  it("that failed to be read is read again", async () => {
    const { keys, ask } = table();
    await expect(keys.of(hash, () => Promise.reject(new Error("no database")))).rejects.toThrow(
      "no database",
    );
    expect((await ask())?.id).toBe("key");
  });
});

it("only form keys are known, and nothing that is not there", async () => {
  const { state, ask } = table("SUPPLIER_ADMIN");
  await ask();
  await ask();
  state.found = null;
  expect(await ask()).toBeNull();
  state.found = principal("FORM");
  expect((await ask())?.role).toBe("FORM");
  expect(state.reads).toBe(4);
});

it("not more than a thousand are kept", async () => {
  const keys = new KnownKeys(() => 0);
  let reads = 0;
  const ask = (number: number): Promise<Principal | null> =>
    keys.of(Buffer.from(String(number)), () => {
      reads += 1;
      return Promise.resolve(principal("FORM", String(number)));
    });
  for (let number = 0; number <= 1_000; number++) await ask(number);
  await ask(1_000);
  expect(reads).toBe(1_001);
  await ask(0);
  expect(reads).toBe(1_002);
});
