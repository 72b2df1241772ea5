/** Erases the leads of sandboxes after thirty days. They are invented, but must not pile up as if they were real. */
import type { WithdrawalService } from "../../consumer/person";
import type { Clock } from "../../platform/clock";
import type { LeadBook } from "../../people/leads";
import type { Transact } from "../../platform/database";

const keptDays = 30;
const dayMs = 86_400_000;
const batchSize = 100;

export interface SweepDeps {
  readonly transact: Transact;
  readonly leads: Pick<LeadBook, "inventedBefore">;
  readonly withdrawalsOf: (supplierId: string) => Pick<WithdrawalService, "erase">;
  readonly clock: Clock;
}

export class SandboxSweep {
  constructor(private readonly deps: SweepDeps) {}

  /** Returns how many were erased. Safe to run twice and in several processes at once. */
  async run(): Promise<number> {
    const before = new Date(this.deps.clock.now().getTime() - keptDays * dayMs);
    const { transact, leads, withdrawalsOf } = this.deps;
    const due = await transact({ role: "sandbox", supplierId: null }, (tx) =>
      leads.inventedBefore(tx, before, batchSize),
    );
    for (const { reference, supplierId } of due) await withdrawalsOf(supplierId).erase(reference, "sandbox");
    return due.length < batchSize ? due.length : due.length + (await this.run());
  }
}
