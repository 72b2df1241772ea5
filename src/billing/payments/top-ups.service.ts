/**
 * Tops up the balance of suppliers with an automatic top-up rule once it is low. A failed top-up is retried
 * the next day.
 */
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { integerOf } from "../../shared/integer";
import type { CollectingService } from "./collecting.service";
import type { PaymentBook } from "./payment-book.service";

const dayMs = 86_400_000;

export class TopUpsService {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly book: PaymentBook;
      readonly collecting: CollectingService;
      readonly clock: Clock;
    },
  ) {}

  async run(): Promise<number> {
    const { transact, book, collecting, clock } = this.deps;
    const since = new Date(clock.now().getTime() - dayMs);
    const low = await transact({ role: "worker" }, (tx) => book.lowBalances(tx, since));
    for (const { supplierId, amountInclVatCents } of low) {
      const wanted = { supplierId, amountInclVatCents: integerOf(amountInclVatCents), requestedBy: "top-up" };
      const id = await transact({ role: "worker" }, async (tx) => {
        // The lock ensures that only one of several processes stores the top-up.
        await tx.query("SELECT FROM stripe_customer WHERE supplier_id = $1 FOR UPDATE", [supplierId]);
        return (await book.openFor(tx, supplierId, null)) > 0 ? null : collecting.topUp(tx, wanted);
      });
      if (id !== null) await collecting.attempt(id);
    }
    return low.length;
  }
}
