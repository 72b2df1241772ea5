/** The fields of feed events about returns that are not stored with the event. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../access/identity";
import { ReturnDecided, ReturnPending } from "../../account/feed/feed.types";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";
import type { SupplierLeads } from "../deliveries";
import { leadOf } from "../deliveries/lead-loader.types";
import { Lead } from "../deliveries/lead.types";
import { explanationOf } from "./explanations";
import { ReturnReason } from "./return.types";

const leadDescription = "The lead; null once your right to it has ended.";

@Resolver(() => ReturnPending)
export class ReturnPendingResolver {
  constructor(private readonly inbox: SupplierLeads) {}

  @FieldResolver(() => Lead, { nullable: true, description: leadDescription })
  async lead(@Root() { leadId }: ReturnPending, @Ctx() context: RequestContext): Promise<Lead | null> {
    return leadOf(context, this.inbox, leadId);
  }

  /** Not named `reason`, because its type differs from LeadRevoked.reason and one document could not select both. */
  @FieldResolver(() => ReturnReason, { description: "Why you returned the lead." })
  returnReason(@Root() event: ReturnPending): string {
    return event.returnReason;
  }
}

@Resolver(() => ReturnDecided)
export class ReturnDecidedResolver {
  constructor(private readonly inbox: SupplierLeads) {}

  @FieldResolver(() => Lead, { nullable: true, description: leadDescription })
  async lead(@Root() { leadId }: ReturnDecided, @Ctx() context: RequestContext): Promise<Lead | null> {
    return leadOf(context, this.inbox, leadId);
  }

  /** Not named `reason`, because its type differs from LeadRevoked.reason and one document could not select both. */
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Why it was decided as it was. Decisions before this argument existed are in French. null when we credited the lead without a return.",
  })
  explanation(
    @Root() { finding, sentence }: ReturnDecided,
    @LanguageArg("FR") language: Language | null,
  ): string | null {
    return explanationOf(finding, language ?? "FR") ?? sentence;
  }
}
