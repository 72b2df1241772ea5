import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { principalOf, scopeOf, type Principal, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import type { QualityReviews } from "./quality-reviews.service";
import { QualityReview, QualityReviewInput, toReview } from "./quality.types";
import { Supplier } from "./supplier.types";

@Resolver(() => Supplier)
export class QualityResolver {
  constructor(
    private readonly transact: Transact,
    private readonly reviews: QualityReviews,
  ) {}

  @Mutation(() => QualityReview, {
    description:
      "Sets a supplier's score for a product. Products ranked by quality use it from the next decision on.",
  })
  async reviewQuality(
    @Ctx() context: RequestContext,
    @Arg("input", () => QualityReviewInput, {
      description: "The review. All its faults are reported at once.",
    })
    input: QualityReviewInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<QualityReview> {
    return toReview(await this.reviews.review(principalOf(context), input, key));
  }

  @FieldResolver(() => [QualityReview], {
    nullable: true,
    description:
      "The latest review of each product that was reviewed. Visible to OPERATOR, ADMIN and the supplier itself, except when its access is limited to sites or campaigns; null for everybody else.",
  })
  async qualityReviews(
    @Ctx() { principal }: RequestContext,
    @Root() { id }: Supplier,
  ): Promise<QualityReview[] | null> {
    if (!principal || !maySeeReviews(principal, id)) return null;
    return (await this.transact(scopeOf(principal), (tx) => this.reviews.current(tx, id))).map(toReview);
  }
}

const maySeeReviews = ({ role, supplierId, limits }: Principal, id: string): boolean =>
  role === "OPERATOR" || role === "ADMIN" || (supplierId === id && limits === null);
