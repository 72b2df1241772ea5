/**
 * Erases requests at the end of their retention, as the declaration promises. Consents, deliveries and charges stay
 * on record, without the person.
 */
import type { Clock } from "../../platform/clock";
import type { LeadBook } from "../../people/leads";
import type { Transact } from "../../platform/database";
import { keptUntil, shortestDays } from "./retention";
import type { WithdrawalService } from "./withdrawal.service";

const batchSize = 100;
const dayMs = 86_400_000;

export class RetentionJob {
  constructor(
    private readonly transact: Transact,
    private readonly leads: LeadBook,
    private readonly withdrawals: WithdrawalService,
    private readonly clock: Clock,
  ) {}

  /** Returns how many were erased. Safe to run twice and in several processes at once. */
  async run(): Promise<number> {
    const references = await this.due();
    for (const reference of references) await this.withdrawals.erase(reference, "retention");
    return references.length < batchSize ? references.length : references.length + (await this.run());
  }

  private async due(): Promise<string[]> {
    const now = this.clock.now();
    const candidatesBefore = new Date(now.getTime() - shortestDays * dayMs);
    const requests = await this.transact({ role: "worker" }, (tx) =>
      this.leads.submittedBefore(tx, candidatesBefore, batchSize),
    );
    return requests
      .filter(({ submittedAt }) => keptUntil(submittedAt) <= now)
      .map(({ reference }) => reference);
  }
}
