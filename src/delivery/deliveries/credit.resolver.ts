import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import { principalOf, type RequestContext } from "../../access/identity";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { CreditService } from "./credit.service";

@ObjectType({ description: "A charge that was refunded." })
export class LeadCredited {
  @Field(() => ID) leadId: string;
  @Field(() => Cents, { description: "Excluding VAT." }) amountCents: number;
  @Field(() => DateTime) at: Date;
}

@Resolver()
export class CreditResolver {
  constructor(private readonly credits: CreditService) {}

  @Mutation(() => LeadCredited, {
    description: "Refunds the charge of a lead to its supplier. A charge can be refunded only once.",
  })
  async creditLead(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID) leadId: string,
    @Arg("reason", () => String, { description: "Stored in the audit log. Do not name the person." })
    reason: string,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<LeadCredited> {
    const actor = principalOf(context).consumer;
    return this.credits.credit({ leadId, reason, actor, idempotencyKey: key ?? null });
  }
}
