/**
 * Records how staff judge a supplier's work on a product. Who judged it, when and why is kept for ever, and the
 * latest review counts. Scores are never computed from outcomes or complaints, so a supplier's rank never falls
 * without a person who is accountable for it.
 */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { AccountsService } from "../ledger";
import type { Transact } from "../../platform/database";
import { invalid } from "../../shared/errors";
import { checkTogether } from "../../shared/faults";
import { checkReview, type ReviewDetails } from "./check-review";
import { QualityReviewEntity } from "./quality-review.entity";
import type { QualityReview } from "./supplier-view";

export interface ReviewInput extends ReviewDetails {
  readonly supplierId: string;
  readonly product: string;
}

export interface QualityReviewsDeps {
  readonly transact: Transact;
  readonly accounts: AccountsService;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly isProduct: (id: string) => boolean;
  readonly clock: Clock;
}

export class QualityReviews {
  constructor(private readonly deps: QualityReviewsDeps) {}

  async review(by: Principal, input: ReviewInput, key: string | null): Promise<QualityReview> {
    const { transact, idempotency, isProduct } = this.deps;
    const { supplierId, product } = input;
    const [, details] = checkTogether(
      () => {
        if (!isProduct(product))
          throw invalid("There is no such product. The products query lists them.", {
            reason: "UNKNOWN_VALUE",
            field: "product",
          });
      },
      () => checkReview(input),
    );
    const principal = by.consumer;
    const request = { principal, operation: "reviewQuality", key, supplierId: null, input: { ...input } };
    return transact(scopeOf(by), async (tx) => {
      const made = await idempotency.once(tx, request, () =>
        this.append(tx, { supplierId, product, ...details }, principal),
      );
      return { ...made, reviewedAt: new Date(made.reviewedAt) };
    });
  }

  /** Runs under the account's lock, so that an allocation sees one score throughout and numbers have no gaps. */
  private async append(tx: EntityManager, review: ReviewInput, actor: string) {
    const { accounts, audit, clock } = this.deps;
    const { supplierId, product, score, reason } = review;
    return accounts.withAccounts(tx, [supplierId], async () => {
      const whose = { supplierId, productId: product };
      const number = 1 + (await tx.countBy(QualityReviewEntity, whose));
      const reviewedAt = clock.now();
      const details = { score, reason, reviewedAt, reviewedBy: actor };
      await tx.insert(QualityReviewEntity, { ...whose, number, ...details });
      await audit.record(tx, {
        actor,
        action: "QUALITY_REVIEWED",
        subject: `supplier:${supplierId}`,
        supplierId,
        detail: { product, number, score, reason },
      });
      return { product, score, reason, reviewedAt: reviewedAt.toISOString() };
    });
  }

  /** Returns the latest review of each product that was reviewed. */
  async current(tx: EntityManager, supplierId: string): Promise<QualityReview[]> {
    return tx.query(
      `SELECT DISTINCT ON (product_id) product_id AS product, score, reason, reviewed_at AS "reviewedAt"
       FROM quality_review WHERE supplier_id = $1 ORDER BY product_id, number DESC`,
      [supplierId],
    );
  }

  /** Returns the latest score for the product by supplier, without suppliers that were not reviewed. */
  async scores(
    tx: EntityManager,
    product: string,
    supplierIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; score: number }[] = await tx.query(
      `SELECT asked.id, last.score FROM unnest($1::uuid[]) AS asked (id) CROSS JOIN LATERAL (
         SELECT score FROM quality_review WHERE supplier_id = asked.id AND product_id = $2
         ORDER BY number DESC LIMIT 1) AS last`,
      [supplierIds, product],
    );
    return new Map(rows.map(({ id, score }) => [id, score]));
  }
}
