/** Clocks for tests: one that is moved by hand, and one that shows a given time. */
import { systemClock, type Cancel, type Clock } from "../../src/platform/clock";

/** Shows what `instant` returns. Waits take real time. */
export const clockShowing = (instant: () => Date): Clock => ({ ...systemClock, now: instant });

interface Waiting {
  readonly dueAt: number;
  readonly ring: () => void;
}

/** A clock that keeps running from where it was moved, and moves `present()` of the database with it. */
export class MovableClock implements Clock {
  private offsetMs = 0;
  private readonly waiting = new Set<Waiting>();

  /** A clock that does not move the database simulates a server whose machine has the wrong time. */
  constructor(private readonly options: { readonly movesDatabase: boolean } = { movesDatabase: true }) {}

  readonly now = (): Date => new Date(Date.now() + this.offsetMs);

  get movedMs(): number {
    return this.options.movesDatabase ? this.offsetMs : 0;
  }

  after(ms: number, work: () => void): Cancel {
    const stop = (): void => {
      cancel();
      this.waiting.delete(one);
    };
    const ring = (): void => {
      stop();
      work();
    };
    const cancel = systemClock.after(ms, ring);
    const one = { dueAt: this.now().getTime() + ms, ring };
    this.waiting.add(one);
    return stop;
  }

  /** Jobs wait in real time; `ringDue` ends their waits. */
  forward(ms: number): void {
    this.offsetMs += ms;
  }

  /** Ends the waits that this clock has passed, the earliest first. */
  ringDue(): void {
    const now = this.now().getTime();
    const due = [...this.waiting].filter(({ dueAt }) => dueAt <= now);
    for (const { ring } of due.sort((a, b) => a.dueAt - b.dueAt)) ring();
  }
}
