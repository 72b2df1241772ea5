import type { HintTransport } from "./hint-transport";
import { Hints } from "./hints";

/** A transport that finishes each send on demand, and records the topics without the sender's id. */
function slowTransport() {
  const asked: string[][] = [];
  const open: (() => void)[] = [];
  let connected = (): void => undefined;
  const transport: HintTransport = {
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
  return { transport, asked, next, answer: () => open.shift()?.() };
}

describe("Hints", () => {
  it("sends one message at a time, and hints published meanwhile once in the next message", async () => {
    const { transport, asked, next, answer } = slowTransport();
    const hints = new Hints(transport, { onError: fail });
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
