/**
 * Takes return requests, decides them at once where the records allow it, and closes the others when staff decide, the
 * supplier withdraws them or the deadline passes (return-closing.service.ts). The rule itself is in return.ts.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { DeliveryBook, LeadCredits } from "../deliveries";
import { feedTopic, type FeedService } from "../../account/feed";
import type {
  AuditService,
  IdempotencyService,
  OnceKey,
  Principal,
  SupplierScope,
} from "../../access/identity";
import type { LeadVault } from "../../people/leads";
import type { AccountsService } from "../../account/ledger";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { AppError, notFound } from "../../shared/errors";
import { checkRequest, type ReturnRequest } from "./check-request";
import type { EvidenceService } from "./evidence.service";
import { decideReturn, policyAt, type ReturnRefusal } from "./return";
import { ReturnClosing, type Closing, type Held } from "./return-closing.service";
import { pendingEntry } from "./return-entry";
import type { ReturnBook } from "./return-book.service";
import type { StaffDecision, StoredReturn } from "./return-view";

export interface ReturnsServiceDeps {
  readonly transact: Transact;
  readonly deliveries: DeliveryBook;
  readonly evidence: EvidenceService;
  readonly book: ReturnBook;
  readonly leadCredits: LeadCredits;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly vault: LeadVault;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly opened: () => void;
  readonly wake: (topics: readonly string[]) => void;
}

export type Asked = { readonly id: string } | { readonly refusal: ReturnRefusal };

export class ReturnsService {
  private readonly closing: ReturnClosing;

  constructor(private readonly deps: ReturnsServiceDeps) {
    this.closing = new ReturnClosing(deps);
  }

  /** NOT_FOUND for a lead outside the caller's scope. A refusal is final for its idempotency key. */
  async request(
    { scope, by }: { scope: SupplierScope; by: Principal },
    request: ReturnRequest,
    key: string | null,
  ): Promise<Asked> {
    const { transact, deliveries, idempotency } = this.deps;
    const own = await transact(scope, (tx) => deliveries.byId(tx, request.leadId));
    if (own?.supplierId !== scope.supplierId) throw notFound("lead");
    const input = { ...request, attempts: request.attempts.map((attempt) => attempt.toISOString()) };
    const once = { principal: by.consumer, operation: "requestReturn", key, supplierId: null, input };
    const asked = await transact({ role: "worker" }, (tx) =>
      idempotency.once(tx, once, () =>
        this.take(tx, { ...request, supplierId: scope.supplierId }, by.consumer),
      ),
    );
    if ("id" in asked) this.notify(scope.supplierId);
    return asked;
  }

  /** The decision of a member of staff. */
  async decide(by: Principal, { id, accept, key }: StaffDecision): Promise<StoredReturn> {
    const once = {
      ...{ principal: by.consumer, operation: "decideReturn", key, supplierId: null },
      input: { id, accept },
    };
    const status = accept ? "ACCEPTED" : "REJECTED";
    return this.close(id, { status, finding: "BY_A_PERSON", decidedBy: by.consumer, once });
  }

  /** By the supplier, before a decision. NOT_FOUND for a return outside the caller's scope. */
  async withdraw({ scope, by }: { scope: SupplierScope; by: Principal }, id: string): Promise<StoredReturn> {
    const { transact, book } = this.deps;
    await transact(scope, (tx) => book.one(tx, id));
    return this.close(id, {
      ...{ status: "WITHDRAWN", finding: "WITHDRAWN_BY_SUPPLIER", decidedBy: by.consumer },
    });
  }

  /** Accepts returns that were not decided in time. Safe to repeat and to run in several processes at once. */
  async closeOverdue(): Promise<number> {
    const { transact, book, clock } = this.deps;
    const overdue = await transact({ role: "worker" }, (tx) => book.overdue(tx, clock.now()));
    for (const id of overdue) {
      await this.close(id, { status: "ACCEPTED", finding: "DEADLINE_PASSED", decidedBy: "deadline" }).catch(
        ignoreDecided,
      );
    }
    return overdue.length;
  }

  private async take(
    tx: EntityManager,
    request: ReturnRequest & { readonly supplierId: string },
    by: string,
  ): Promise<Asked> {
    const { deliveries, accounts, evidence, clock } = this.deps;
    return accounts.withAccount(tx, request.supplierId, async (account): Promise<Asked> => {
      // Read under the lock, so that an earlier credit or withdrawal is seen.
      const delivery = await deliveries.byId(tx, request.leadId);
      if (!delivery) throw notFound("lead");
      const held = { delivery, account, at: clock.now() };
      const facts = await evidence.of(tx, delivery);
      checkRequest(request, { ...facts, at: held.at });
      const policy = policyAt(delivery.matchedAt);
      const decision = decideReturn(request.reason, facts, { at: held.at, policy });
      if (decision.kind === "REFUSE") return { refusal: decision.refusal };
      const id = await this.write(tx, { ...held, request, by }, decision);
      if (decision.kind === "DECIDE") await this.closing.settle(tx, held, decision);
      else {
        const entry = pendingEntry(delivery, { reason: request.reason, decideBy: decision.decideBy });
        await this.deps.feed.append(tx, [{ ...entry, counter: account, at: held.at }]);
      }
      return { id };
    });
  }

  private async write(
    tx: EntityManager,
    { delivery, at, request, by }: Held & { request: ReturnRequest; by: string },
    decision: Exclude<ReturnType<typeof decideReturn>, { kind: "REFUSE" }>,
  ): Promise<string> {
    const { vault, book } = this.deps;
    const { comment: text, reason, attempts } = request;
    const id = newId();
    const comment =
      text === null ? null : await vault.sealText(tx, delivery.leadId, { text, context: `return/${id}` });
    await book.insert(tx, { id, delivery, at, by, reason, attempts, comment, decision });
    return id;
  }

  private async close(id: string, closing: Closing & { readonly once?: OnceKey }): Promise<StoredReturn> {
    const view = await this.closing.close(id, closing);
    this.notify(view.supplierId);
    return view;
  }

  /** After commit. */
  private notify(supplierId: string): void {
    this.deps.opened();
    this.deps.wake([feedTopic(supplierId)]);
  }
}

function ignoreDecided(error: unknown): void {
  if (!(error instanceof AppError && error.code === "CONFLICT")) throw error;
}
