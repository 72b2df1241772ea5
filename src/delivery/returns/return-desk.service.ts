/** Lists the returns that wait for staff, with the suppliers' comments. Comments are opened for display only. */
import type { DeliveryBook } from "../deliveries";
import type { LeadVault } from "../../people/leads";
import type { Transact } from "../../platform/database";
import type { ReturnBook } from "./return-book.service";
import type { PendingReturn } from "./return-view";

export class ReturnDesk {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly book: ReturnBook;
      readonly deliveries: DeliveryBook;
      readonly vault: LeadVault;
    },
  ) {}

  /** The caller has checked the permission. Runs as the worker role, which may open the lead's key. */
  pending(after: readonly string[] | null, limit: number): Promise<PendingReturn[]> {
    const { transact, book, deliveries, vault } = this.deps;
    return transact({ role: "worker" }, async (tx) => {
      const opened: PendingReturn[] = [];
      for (const { comment: sealed, ...view } of await book.pending(tx, after, limit)) {
        const delivery = sealed && (await deliveries.byId(tx, view.leadId));
        const comment =
          sealed && delivery
            ? await vault.openText(tx, delivery.leadId, { sealed, context: `return/${view.id}` })
            : null;
        opened.push({ ...view, comment });
      }
      return opened;
    });
  }
}
