/** Runs an operation of staff in one transaction with its audit record, and only once per idempotency key. */
import type { EntityManager } from "typeorm";
import {
  scopeOf,
  type AuditService,
  type IdempotencyService,
  type JsonValue,
  type Principal,
} from "../../access/identity";
import type { Transact } from "../../platform/database";
import { invalid } from "../../shared/errors";
import type { SupplierBook } from "../../account/suppliers";

export interface Act {
  readonly operation: string;
  readonly key: string | null;
  readonly input: unknown;
  readonly supplierId: string | null;
  readonly action: string;
  readonly detail: { readonly [fact: string]: JsonValue };
}

export interface ActsDeps {
  readonly transact: Transact;
  readonly book: SupplierBook;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  /**
   * Called after the commit, because waiting leads may now be allocated. Only a hint: the mark is written in
   * the transaction.
   */
  readonly opened: () => void;
}

export class ActsService {
  constructor(private readonly deps: ActsDeps) {}

  async once<T extends JsonValue>(
    by: Principal,
    { action, detail, ...request }: Act,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { transact, idempotency, audit, book, opened } = this.deps;
    const { supplierId, operation, key, input } = request;
    const once = { principal: by.consumer, operation, key, supplierId: null, input };
    const answer = await transact(scopeOf(by), (tx) =>
      idempotency.once(tx, once, async () => {
        if (supplierId !== null) await book.one(tx, supplierId);
        const done = await work(tx);
        const subject = supplierId === null ? "books" : `supplier:${supplierId}`;
        await audit.record(tx, { actor: by.consumer, action, subject, supplierId, detail });
        return done;
      }),
    );
    opened();
    return answer;
  }
}

export function checkReason(reason: string): string {
  const text = reason.trim();
  if (text.length > 0 && text.length <= 500) return text;
  throw invalid("reason takes 1 to 500 characters; it is kept in the audit log.", {
    reason: text.length === 0 ? "EMPTY" : "TOO_LONG",
    field: "reason",
  });
}
