import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";
import type { QualityReview as Review } from "./supplier-view";

@InputType({ description: "A person's judgement of a supplier's work on a product." })
export class QualityReviewInput {
  @Field(() => ID, { description: "The supplier." }) supplierId: string;
  @Field(() => ID, { description: "A product of the catalogue." }) product: string;
  @Field(() => Int, { description: "From 0 to 100; higher is better." }) score: number;
  @Field(() => String, {
    description: "1 to 500 characters. The supplier reads it, so do not name a person.",
  })
  reason: string;
}

@ObjectType({
  description: "How CarAtlas judges a supplier's work on a product. It holds until the next review.",
})
export class QualityReview {
  @Field(() => ID, { description: "The product that was judged." }) product: string;
  @Field(() => Int, { description: "From 0 to 100; higher is better." }) score: number;
  @Field(() => String, { description: "Why, as the member of staff wrote it." }) reason: string;
  @Field(() => DateTime, { description: "When it was judged." }) reviewedAt: Date;
}

export const toReview = ({ product, score, reason, reviewedAt }: Review): QualityReview => ({
  product,
  score,
  reason,
  reviewedAt,
});
