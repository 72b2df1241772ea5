/** Opens the comments that suppliers wrote about their returns. They are opened for display only. */
import type { EntityManager } from "typeorm";
import type { DeliveryBook } from "../deliveries";
import type { LeadVault } from "../../people/leads";
import type { Transact } from "../../platform/database";
import type { StoredReturn } from "./return-view";

export interface ReturnDeskDeps {
  readonly transact: Transact;
  readonly deliveries: DeliveryBook;
  readonly vault: LeadVault;
}

export class ReturnDesk {
  constructor(private readonly deps: ReturnDeskDeps) {}

  /**
   * In the order of `returns`, which the caller may see; null where there is no comment or the request was erased.
   * For a supplier also null once its right to the lead has ended, because a comment may be about the person. Runs as
   * the worker role, which may open the lead's key.
   */
  comments(
    returns: readonly StoredReturn[],
    reader: { readonly isStaff: boolean },
  ): Promise<(string | null)[]> {
    return this.deps.transact({ role: "worker" }, async (tx) => {
      const opened: (string | null)[] = [];
      for (const one of returns) opened.push(await this.open(tx, one, reader));
      return opened;
    });
  }

  private async open(
    tx: EntityManager,
    { id, leadId, commentSealed: sealed }: StoredReturn,
    { isStaff }: { readonly isStaff: boolean },
  ): Promise<string | null> {
    if (sealed === null) return null;
    const { deliveries, vault } = this.deps;
    const delivery = await deliveries.byId(tx, leadId);
    if (!delivery || (!isStaff && delivery.revokedAt)) return null;
    return vault.openText(tx, delivery.leadId, { sealed, context: `return/${id}` });
  }
}
