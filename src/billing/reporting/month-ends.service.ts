/** Reads, locks and unlocks months on behalf of finance. */
import { scopeOf, type Principal } from "../../access/identity";
import type { Transact } from "../../platform/database";
import type { PeriodsService, PeriodView } from "../documents";
import { checkReason, type ActsService } from "./acts.service";

export interface MonthEndsDeps {
  readonly transact: Transact;
  readonly acts: ActsService;
  readonly periods: PeriodsService;
}

export class MonthEnds {
  constructor(private readonly deps: MonthEndsDeps) {}

  one(by: Principal, month: string): Promise<PeriodView> {
    return this.deps.transact(scopeOf(by), (tx) => this.deps.periods.one(tx, month));
  }

  async lock(by: Principal, month: string, key: string | null): Promise<PeriodView> {
    const { acts, periods } = this.deps;
    const about = { supplierId: null, action: "MONTH_LOCKED", detail: { month } };
    await acts.once(by, { operation: "lockMonth", key, input: { month }, ...about }, async (tx) => {
      await periods.lock(tx, { month, actor: by.consumer, reason: null });
      return null;
    });
    return this.one(by, month);
  }

  async unlock(
    by: Principal,
    wanted: { month: string; reason: string },
    key: string | null,
  ): Promise<PeriodView> {
    const { acts, periods } = this.deps;
    const { month } = wanted;
    const input = { month, reason: checkReason(wanted.reason) };
    const about = { supplierId: null, action: "MONTH_UNLOCKED", detail: input };
    await acts.once(by, { operation: "unlockMonth", key, input, ...about }, async (tx) => {
      await periods.unlock(tx, { ...input, actor: by.consumer });
      return null;
    });
    return this.one(by, month);
  }
}
