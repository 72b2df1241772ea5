/** Locks and unlocks months on behalf of finance. */
import type { Principal } from "../../access/identity";
import type { PeriodsService } from "../documents";
import { checkReason, type ActsService } from "./acts.service";

export class MonthEnds {
  constructor(
    private readonly acts: ActsService,
    private readonly periods: PeriodsService,
  ) {}

  async lock(by: Principal, month: string): Promise<void> {
    const about = { supplierId: null, action: "MONTH_LOCKED", detail: { month } };
    await this.acts.once(
      by,
      { operation: "lockMonth", key: null, input: { month }, ...about },
      async (tx) => {
        await this.periods.lock(tx, { month, actor: by.consumer, reason: null });
        return null;
      },
    );
  }

  async unlock(by: Principal, month: string, why: string): Promise<void> {
    const reason = checkReason(why);
    const about = { supplierId: null, action: "MONTH_UNLOCKED", detail: { month, reason } };
    await this.acts.once(
      by,
      { operation: "unlockMonth", key: null, input: { month, reason }, ...about },
      async (tx) => {
        await this.periods.unlock(tx, { month, actor: by.consumer, reason });
        return null;
      },
    );
  }
}
