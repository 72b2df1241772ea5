/** Erases what sandboxes made, after thirty days: there is nobody behind it, but it looks like somebody. */
import type { WithdrawalService } from "../../consumer/person";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";

const keptDays = 30;
const dayMs = 86_400_000;
const batchSize = 100;

export interface SweepDeps {
  readonly transact: Transact;
  readonly withdrawalsOf: (supplierId: string) => Pick<WithdrawalService, "erase">;
  readonly clock: Clock;
}

export class SandboxSweep {
  constructor(private readonly deps: SweepDeps) {}

  /** How many were erased. Safe to run twice, and in several processes at once. */
  async run(): Promise<number> {
    const before = new Date(this.deps.clock.now().getTime() - keptDays * dayMs);
    const due: { reference: string; supplier: string }[] = await this.deps.transact(
      { role: "sandbox", supplierId: null },
      (tx) =>
        tx.query(
          `SELECT reference, sandbox_supplier_id AS supplier FROM lead
           WHERE sandbox_supplier_id IS NOT NULL AND erased_at IS NULL AND submitted_at < $1
           ORDER BY submitted_at LIMIT $2`,
          [before, batchSize],
        ),
    );
    for (const { reference, supplier } of due) {
      await this.deps.withdrawalsOf(supplier).erase(reference, "sandbox");
    }
    return due.length < batchSize ? due.length : due.length + (await this.run());
  }
}
