/**
 * Limits how often one supplier may ask. Every single answer is protected, but answers can be subtracted from
 * one another, which takes many of them.
 */
import { RateLimiter } from "../../platform/rate-limiter";
import { rateLimited } from "../../shared/errors";

export class InsightLimit {
  private readonly rate: RateLimiter;

  constructor(perHour: number) {
    this.rate = new RateLimiter(perHour, 3_600);
  }

  /** Counts all members and keys of the supplier together. */
  async pass(supplierId: string): Promise<void> {
    const seconds = await this.rate.secondsToWait(supplierId);
    if (seconds === 0) return;
    throw rateLimited(
      "Your company has reached the hourly limit for missedLeads, whyNot and simulate.",
      seconds,
    );
  }
}
