import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import { principalOf, type RequestContext } from "../../access/identity";
import { OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { CreditService } from "./credit.service";

@ObjectType({ description: "A charge that was refunded." })
export class LeadCredited {
  @Field(() => ID, { description: "The lead. Finance reads nothing else of it." }) leadId: string;
  @Field(() => Cents, { description: "What was credited, excluding VAT." }) amountCents: number;
  @Field(() => DateTime, { description: "When it was credited." }) at: Date;
}

@Resolver()
export class CreditResolver {
  constructor(private readonly credits: CreditService) {}

  @Mutation(() => LeadCredited, {
    description:
      "Refunds the charge of a lead to its supplier. A charge can be refunded only once: CONFLICT with the reason ALREADY_CREDITED.",
  })
  async creditLead(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID, { description: "The lead." }) leadId: string,
    @Arg("reason", () => String, {
      description: "1 to 500 characters for the audit log. Do not name the person.",
    })
    reason: string,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<LeadCredited> {
    const actor = principalOf(context).consumer;
    return this.credits.credit({ leadId, reason, actor, idempotencyKey: key ?? null });
  }
}
