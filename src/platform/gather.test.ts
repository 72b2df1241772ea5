import { Gather } from "./gather";

/** Answers when told to; remembers what was asked together. */
function slow() {
  const asked: (readonly number[])[] = [];
  const open: (() => void)[] = [];
  const answer = async (questions: readonly number[]): Promise<readonly string[]> => {
    asked.push(questions);
    await new Promise<void>((resolve) => open.push(resolve));
    if (questions.includes(13)) throw new Error("13 has no answer");
    return questions.map((question) => `answer ${question}`);
  };
  const next = async (): Promise<void> => {
    open.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { asked, answer, next };
}

describe("questions", () => {
  it("are asked together when they come together, or while others wait", async () => {
    const { asked, answer, next } = slow();
    const gather = new Gather(answer, { most: 3, atOnce: 1 });
    const answers = Promise.all([1, 2].map((n) => gather.ask(n)));
    await Promise.resolve();
    const later = Promise.all([3, 4, 5, 6].map((n) => gather.ask(n)));
    for (let i = 0; i < 3; i += 1) await next();
    expect(await answers).toEqual(["answer 1", "answer 2"]);
    expect(await later).toEqual(["answer 3", "answer 4", "answer 5", "answer 6"]);
    expect(asked).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it("fail together when their asking fails, and nobody else does", async () => {
    const { asked, answer, next } = slow();
    const gather = new Gather(answer, { most: 2, atOnce: 2 });
    const answers = Promise.allSettled([12, 13, 14].map((n) => gather.ask(n)));
    for (let i = 0; i < 3; i += 1) await next();
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(asked).toEqual([[12, 13], [14]]);
  });
});
