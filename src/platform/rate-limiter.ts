/** Limits how often each caller may do something. Counts per process and forgets everything at a restart. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export class RateLimiter {
  private readonly limiter: RateLimiterMemory;

  constructor(points: number, perSeconds: number) {
    this.limiter = new RateLimiterMemory({ points, duration: perSeconds });
  }

  /** Uses one point. Returns 0 when the caller had one left, otherwise the seconds until it has one again. */
  async secondsToWait(caller: string): Promise<number> {
    try {
      await this.limiter.consume(caller);
      return 0;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    }
  }
}
