/** Clocks of tests: one that is moved by hand, and one that shows what it is told. */
import { systemClock, type Cancel, type Clock } from "../../src/platform/clock";

/** Shows what `instant` gives; its waits are real. */
export const clockShowing = (instant: () => Date): Clock => ({ ...systemClock, now: instant });

interface Waiting {
  readonly dueAt: number;
  readonly work: () => void;
}

/** Runs on from wherever it was moved to. */
export class MovableClock implements Clock {
  private offsetMs = 0;
  private readonly waiting = new Set<Waiting>();

  readonly now = (): Date => new Date(Date.now() + this.offsetMs);

  get movedMs(): number {
    return this.offsetMs;
  }

  after(ms: number, work: () => void): Cancel {
    const one = { dueAt: this.now().getTime() + ms, work };
    const stop = systemClock.after(ms, () => {
      this.waiting.delete(one);
      work();
    });
    this.waiting.add(one);
    return () => {
      stop();
      this.waiting.delete(one);
    };
  }

  forward(ms: number): void {
    this.offsetMs += ms;
  }
}
