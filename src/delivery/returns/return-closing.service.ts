/**
 * Closes returns. Each is closed once, under the lock of the supplier's account; the same transaction posts the credit
 * of an accepted one and appends the decision to the feed.
 */
import type { EntityManager } from "typeorm";
import type { AuditService, IdempotencyService, OnceKey } from "../../access/identity";
import type { AccountsService, LockedAccount } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { AppError, notFound } from "../../shared/errors";
import type { DeliveryBook, DeliveryRow, LeadCredits } from "../deliveries";
import type { Finding, ReturnStatus } from "./return";
import type { ReturnBook } from "./return-book.service";
import type { StoredReturn } from "./return-view";

export interface Closing {
  readonly status: Exclude<ReturnStatus, "PENDING">;
  readonly finding: Finding;
  readonly decidedBy: string;
}

export interface Held {
  readonly delivery: DeliveryRow;
  readonly account: LockedAccount;
  readonly at: Date;
}

interface ClosingDeps {
  readonly transact: Transact;
  readonly deliveries: DeliveryBook;
  readonly book: ReturnBook;
  readonly leadCredits: LeadCredits;
  readonly accounts: AccountsService;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly clock: Clock;
}

export class ReturnClosing {
  constructor(private readonly deps: ClosingDeps) {}

  async close(
    id: string,
    { once, ...closing }: Closing & { readonly once?: OnceKey },
  ): Promise<StoredReturn> {
    const { transact, book, idempotency } = this.deps;
    return transact({ role: "worker" }, async (tx) => {
      const work = (): Promise<{ id: string }> => this.closeOpen(tx, id, closing);
      await (once ? idempotency.once(tx, once, work) : work());
      return book.one(tx, id);
    });
  }

  private async closeOpen(tx: EntityManager, id: string, closing: Closing): Promise<{ id: string }> {
    const { book, deliveries, accounts, clock } = this.deps;
    const asked = await book.one(tx, id);
    const delivery = await deliveries.byId(tx, asked.leadId);
    if (!delivery) throw notFound("return");
    await accounts.withAccount(tx, delivery.supplierId, async (account) => {
      const held = { delivery, account, at: clock.now() };
      const isClosed = await book.close(tx, { id, ...closing, at: held.at });
      if (isClosed) await this.finish(tx, held, closing);
      else checkClosedAs(closing.status, (await book.one(tx, id)).status);
    });
    return { id };
  }

  private async finish(
    tx: EntityManager,
    held: Held,
    { status, finding, decidedBy: actor }: Closing,
  ): Promise<void> {
    const accepted = status === "ACCEPTED";
    await this.settle(tx, held, { accepted, finding });
    const { id, supplierId } = held.delivery;
    const action = status === "WITHDRAWN" ? "RETURN_WITHDRAWN" : "RETURN_DECIDED";
    const act = { actor, action, subject: `lead:${id}`, supplierId };
    await this.deps.audit.record(tx, { ...act, detail: { accepted, finding } });
  }

  /** Posts the credit of an accepted return and announces the decision. */
  async settle(
    tx: EntityManager,
    held: Held,
    { accepted, finding }: { accepted: boolean; finding: Finding },
  ): Promise<void> {
    const { leadCredits } = this.deps;
    const credited = accepted && (await leadCredits.credit(tx, held));
    const creditedCents = credited ? held.delivery.priceCents : 0;
    await leadCredits.announce(tx, held, { accepted, creditedCents, finding });
  }
}

/** Withdrawing a return again changes nothing. */
function checkClosedAs(status: Closing["status"], current: ReturnStatus): void {
  if (status === "WITHDRAWN" && current === "WITHDRAWN") return;
  const message =
    current === "WITHDRAWN" ? "The supplier withdrew this return." : "This return is decided already.";
  throw new AppError("CONFLICT", message, { reason: "ALREADY_DECIDED" });
}
