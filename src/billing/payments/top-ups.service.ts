/** Tops up the balance of who asked for it, once it is low. A top-up that failed is tried again the next day. */
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
        // Of two processes that look at once, one writes it down.
        await tx.query("SELECT FROM stripe_customer WHERE supplier_id = $1 FOR UPDATE", [supplierId]);
        return (await book.openFor(tx, supplierId, null)) > 0 ? null : collecting.topUp(tx, wanted);
      });
      if (id !== null) await collecting.attempt(id);
    }
    return low.length;
  }
}
