import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, type RequestContext } from "../../access/identity";
import { DateTime } from "../../platform/graphql/scalars";
import { PersonalRequest, toPersonalRequest, WithdrawConsentInput } from "./person.types";
import type { PersonalRequests } from "./personal-request.service";
import type { WithdrawalService } from "./withdrawal.service";

@Resolver()
export class PersonResolver {
  constructor(
    private readonly requests: PersonalRequests,
    private readonly withdrawals: WithdrawalService,
  ) {}

  @Query(() => PersonalRequest, {
    description: "Your request: what was sent to whom, when, and under which consent.",
  })
  async myRequest(@Ctx() context: RequestContext): Promise<PersonalRequest> {
    return toPersonalRequest(await this.requests.of(principalOf(context).id));
  }

  @Mutation(() => PersonalRequest, {
    description:
      "Withdraws consent for some suppliers, channels or a purpose. A field that is left out means all. All faults of the input are reported at once.",
  })
  async withdrawConsent(
    @Ctx() context: RequestContext,
    @Arg("input", () => WithdrawConsentInput, { description: "What to withdraw; {} withdraws everything." })
    { purpose, supplierIds, channels }: WithdrawConsentInput,
  ): Promise<PersonalRequest> {
    const { id } = principalOf(context);
    await this.withdrawals.withdraw(id, {
      ...(purpose != null && { purpose }),
      ...(supplierIds != null && { supplierIds }),
      ...(channels != null && { channels }),
    });
    return toPersonalRequest(await this.requests.of(id));
  }

  @Mutation(() => DateTime, {
    description:
      "Destroys the key to a person's data and ends the right of every supplier to it, also for repeat requests. This cannot be undone. Returns the time of erasure.",
  })
  async eraseRequest(
    @Ctx() context: RequestContext,
    @Arg("reference", () => ID, { description: "The reference of the request." }) reference: string,
  ): Promise<Date> {
    return this.withdrawals.eraseWithRepeats(reference, principalOf(context).consumer);
  }
}
