import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";
import type { QualityReview as Review } from "./supplier-view";

@InputType({ description: "A person's judgement of a supplier's work on a product." })
export class QualityReviewInput {
  @Field(() => ID) supplierId: string;
  @Field(() => ID) product: string;
  @Field(() => Int, { description: "From 0 to 100; higher is better." }) score: number;
  @Field(() => String, { description: "The supplier reads it, so do not name a person." }) reason: string;
}

@ObjectType({
  description: "How CarAtlas judges a supplier's work on a product. It holds until the next review.",
})
export class QualityReview {
  @Field(() => ID) product: string;
  @Field(() => Int, { description: "From 0 to 100; higher is better." }) score: number;
  @Field(() => String) reason: string;
  @Field(() => DateTime) reviewedAt: Date;
}

export const toReview = ({ product, score, reason, reviewedAt }: Review): QualityReview => ({
  product,
  score,
  reason,
  reviewedAt,
});
