/**
 * Asks together what was asked apart: whatever comes while the answers to others are on their way waits for
 * them and is then asked at once. Nothing waits when nothing is on its way. What is asked together fails
 * together.
 */
export interface GatherOptions {
  /** So many questions are asked together. */
  readonly most: number;
  /** So many askings are on their way at a time. */
  readonly atOnce: number;
}

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

export class Gather<Q, A> {
  private waiting: Waiting<Q, A>[] = [];
  private onTheirWay = 0;
  private planned = false;

  constructor(
    /** One answer for each question, in their order. */
    private readonly answer: (questions: readonly Q[]) => Promise<readonly A[]>,
    private readonly options: GatherOptions,
  ) {}

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      this.plan();
    });
  }

  // What is asked in the same breath goes together, so the asking starts when that breath is over.
  private plan(): void {
    if (this.planned) return;
    this.planned = true;
    queueMicrotask(() => {
      this.planned = false;
      this.begin();
    });
  }

  private begin(): void {
    while (this.waiting.length > 0 && this.onTheirWay < this.options.atOnce) {
      const some = this.waiting.splice(0, this.options.most);
      this.onTheirWay += 1;
      void this.settle(some).finally(() => {
        this.onTheirWay -= 1;
        this.begin();
      });
    }
  }

  private async settle(asked: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.answer(asked.map(({ question }) => question));
      asked.forEach(({ resolve }, place) => resolve(answers[place] as A));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
