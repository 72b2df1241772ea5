/** How often may one asker ask? Counted per process and forgotten at a restart: a limit, not an account of anything. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export class Rate {
  private readonly limiter: RateLimiterMemory;

  constructor(points: number, perSeconds: number) {
    this.limiter = new RateLimiterMemory({ points, duration: perSeconds });
  }

  /** 0 if it may; else in how many seconds it may again. */
  async secondsToWait(asker: string): Promise<number> {
    try {
      await this.limiter.consume(asker);
      return 0;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    }
  }
}
