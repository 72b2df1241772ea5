import type { Carrier } from "./hint-transport";
import { Hints } from "./hints";

/** A carrier that finishes each send on demand, and records the topics without the sender's id. */
function slowCarrier() {
  const asked: string[][] = [];
  const open: (() => void)[] = [];
  let connected = (): void => undefined;
  const carrier: Carrier = {
    name: "postgres",
    isRequired: true,
    connect: () =>
      Promise.resolve({
        send: async (message) => {
          asked.push(message.split(" ").slice(1));
          connected();
          await new Promise<void>((resolve) => open.push(resolve));
        },
        ended: new Promise<Error>(() => undefined),
        close: () => Promise.resolve(),
      }),
  };
  const next = (): Promise<void> => new Promise((resolve) => (connected = resolve));
  return { carrier, asked, next, answer: () => open.shift()?.() };
}

describe("Hints", () => {
  it("sends one message at a time, and hints published meanwhile once in the next message", async () => {
    const { carrier, asked, next, answer } = slowCarrier();
    const hints = new Hints(carrier, { onError: fail });
    await hints.start();
    const first = next();
    hints.publish(["a"]);
    await first;
    hints.publish(["b", "c"]);
    const stopped = hints.stop();
    hints.publish(["b"]);
    await Promise.resolve();
    expect(asked).toEqual([["a"]]);
    const second = next();
    answer();
    await second;
    expect(asked).toEqual([["a"], ["b", "c"]]);
    answer();
    await stopped;
    expect(asked).toHaveLength(2);
  });
});

const fail = (error: Error): never => {
  throw error;
};
