/**
 * Combines separate requests into batches. While as many batches as allowed are in flight, new requests wait
 * and form the next batch; otherwise they are sent without delay. When a batch fails, all its requests fail.
 */
export interface BatcherOptions {
  /** Maximum number of requests in one batch. */
  readonly maxBatch: number;
  /** Maximum number of batches in flight at the same time. */
  readonly concurrency: number;
}

interface Pending<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

export class Batcher<Q, A> {
  private waiting: Pending<Q, A>[] = [];
  private inFlight = 0;
  private scheduled = false;

  constructor(
    /** Must return one answer for each question, in the same order. */
    private readonly answer: (questions: readonly Q[]) => Promise<readonly A[]>,
    private readonly options: BatcherOptions,
  ) {}

  request(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      this.schedule();
    });
  }

  // Starts in a microtask, so that requests made in the same tick share a batch.
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.send();
    });
  }

  private send(): void {
    while (this.waiting.length > 0 && this.inFlight < this.options.concurrency) {
      const batch = this.waiting.splice(0, this.options.maxBatch);
      this.inFlight += 1;
      void this.settle(batch).finally(() => {
        this.inFlight -= 1;
        this.send();
      });
    }
  }

  private async settle(batch: readonly Pending<Q, A>[]): Promise<void> {
    try {
      const answers = await this.answer(batch.map(({ question }) => question));
      batch.forEach(({ resolve }, index) => resolve(answers[index] as A));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
