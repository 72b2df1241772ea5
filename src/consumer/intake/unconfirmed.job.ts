/** Deletes requests that were not confirmed within 72 hours, as the privacy policy promises. */
import type { UnconfirmedRequests } from "../../people/leads";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";

const hourMs = 3_600_000;
const lifetimeMs = 72 * hourMs;
/** Attempts count for ten minutes. They are deleted soon after, so that they do not outlive an erased request. */
const attemptsKeptMs = hourMs;
const batchSize = 500;

export class UnconfirmedCleaner {
  constructor(
    private readonly transact: Transact,
    private readonly requests: UnconfirmedRequests,
    private readonly clock: Clock,
  ) {}

  /** Returns how many were deleted. Safe to run twice, and in several processes at once. */
  async run(): Promise<number> {
    const now = this.clock.now().getTime();
    const deleted = await this.transact({ role: "worker" }, async (tx) => {
      await tx.query("DELETE FROM confirmation_try WHERE at < $1", [new Date(now - attemptsKeptMs)]);
      return this.requests.deleteBefore(tx, new Date(now - lifetimeMs), batchSize);
    });
    return deleted < batchSize ? deleted : deleted + (await this.run());
  }
}
