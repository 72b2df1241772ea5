import { Batcher } from "./batcher";

/** Answers one batch at each call of `next`, and records the batches. */
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

describe("Batcher", () => {
  it("batches requests made in the same tick or while another batch is in flight", async () => {
    const { asked, answer, next } = slow();
    const batcher = new Batcher(answer, { maxBatch: 3, concurrency: 1 });
    const answers = Promise.all([1, 2].map((n) => batcher.request(n)));
    await Promise.resolve();
    const later = Promise.all([3, 4, 5, 6].map((n) => batcher.request(n)));
    for (let i = 0; i < 3; i += 1) await next();
    expect(await answers).toEqual(["answer 1", "answer 2"]);
    expect(await later).toEqual(["answer 3", "answer 4", "answer 5", "answer 6"]);
    expect(asked).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it("rejects every request of a failed batch, and no request of another", async () => {
    const { asked, answer, next } = slow();
    const batcher = new Batcher(answer, { maxBatch: 2, concurrency: 2 });
    const answers = Promise.allSettled([12, 13, 14].map((n) => batcher.request(n)));
    for (let i = 0; i < 3; i += 1) await next();
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(asked).toEqual([[12, 13], [14]]);
  });
});
