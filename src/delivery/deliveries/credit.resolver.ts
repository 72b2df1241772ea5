import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import { principalOf, type RequestContext } from "../../access/identity";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { CreditService } from "./credit.service";

@ObjectType({ description: "A charge that was given back." })
export class LeadCredited {
  @Field(() => ID) leadId: string;
  @Field(() => Cents, { description: "Excluding VAT." }) amountCents: number;
  @Field(() => DateTime) at: Date;
}

@Resolver()
export class CreditResolver {
  constructor(private readonly credits: CreditService) {}

  @Mutation(() => LeadCredited, { description: "Gives the charge of a lead back to its supplier, once." })
  async creditLead(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID) leadId: string,
    @Arg("reason", () => String, { description: "Kept in the audit log: do not name the person." })
    reason: string,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<LeadCredited> {
    const actor = principalOf(context).consumer;
    return this.credits.credit({ leadId, reason, actor, idempotencyKey: key ?? null });
  }
}
