/**
 * How often one supplier may ask. Each answer is veiled, but answers can be subtracted from one another, and
 * that takes many of them.
 */
import { Rate } from "../../platform/rate";
import { AppError } from "../../shared/errors";

export class InsightLimit {
  private readonly rate: Rate;

  constructor(perHour: number) {
    this.rate = new Rate(perHour, 3_600);
  }

  /** Whichever of the supplier's members and keys asks. */
  async pass(supplierId: string): Promise<void> {
    const seconds = await this.rate.secondsToWait(supplierId);
    if (seconds === 0) return;
    throw new AppError(
      "RATE_LIMITED",
      `Your company has asked missedLeads, whyNot and simulate as often as it may within an hour. Try again in ${String(Math.ceil(seconds / 60))} min.`,
    );
  }
}
