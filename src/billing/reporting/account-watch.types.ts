import { Field, InputType } from "type-graphql";
import { Cents } from "../../platform/graphql/scalars";

@InputType({ description: "What changes. A field that is absent stays as it is." })
export class UpdateBalanceAlertInput {
  @Field(() => Cents, {
    nullable: true,
    description: "Not negative. Below this balance you are told; null, the default, switches the alert off.",
  })
  belowCents?: number | null;
}

@InputType({ description: "What changes. A field that is absent stays as it is." })
export class UpdateSpendCapInput {
  @Field(() => Cents, {
    nullable: true,
    description: "From 0 to 100000000000, excluding VAT; null, the default, removes the limit.",
  })
  monthlyCents?: number | null;
}
