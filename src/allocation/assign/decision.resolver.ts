import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Language as LanguageCode } from "../../reference/catalogue";
import { Language } from "../../platform/graphql/language";
import { principalOf, type RequestContext } from "../../access/identity";
import { DateTime } from "../../platform/graphql/scalars";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import type { CampaignsById } from "../../offers/campaigns";
import { loadCampaign } from "../../offers/campaigns/campaign-loader.types";
import { Campaign } from "../../offers/campaigns/campaign.types";
import type { DecisionBook } from "./decision-book.service";
import { DecisionVerdict, ReplayedSpan, RequestDecisions, toRequestDecisions } from "./decision.types";
import type { ReplaySpan } from "./replay-span.service";

@Resolver()
export class DecisionResolver {
  constructor(
    private readonly decisions: DecisionBook,
    private readonly spans: ReplaySpan,
  ) {}

  @Query(() => RequestDecisions, {
    description:
      "Why a request went to the suppliers it went to: every decision about it, replayed. NOT_FOUND if there is no such request. Each use is audited.",
  })
  async decision(
    @Ctx() context: RequestContext,
    @Arg("reference", () => ID, { description: "Of the request." }) reference: string,
  ): Promise<RequestDecisions> {
    const { consumer } = principalOf(context);
    return toRequestDecisions(reference, await this.decisions.replayed(reference, consumer));
  }

  @Query(() => ReplayedSpan, {
    description:
      "Replays every decision of a time span, at most 20,000; split a busy day into several spans. Each use is audited.",
  })
  async replayDecisions(
    @Ctx() context: RequestContext,
    @Arg("from", () => DateTime, { description: "Inclusive." }) from: Date,
    @Arg("until", () => DateTime, { description: "Exclusive." }) until: Date,
  ): Promise<ReplayedSpan> {
    const { consumer } = principalOf(context);
    return this.spans.between({ from, until }, consumer);
  }
}

@Resolver(() => DecisionVerdict)
export class DecisionVerdictResolver {
  constructor(
    private readonly deps: {
      readonly suppliersById: SuppliersById;
      readonly campaignsById: CampaignsById;
    },
  ) {}

  @FieldResolver(() => Supplier, { description: "The supplier of the campaign." })
  supplier(@Root() { supplierId }: DecisionVerdict, @Ctx() context: RequestContext): Promise<Supplier> {
    return loadSupplier(context, this.deps.suppliersById, supplierId);
  }

  @FieldResolver(() => Campaign, {
    description: "The campaign as it is now. The version that was decided on is in the record.",
  })
  campaign(@Root() { campaignId }: DecisionVerdict, @Ctx() context: RequestContext): Promise<Campaign> {
    return loadCampaign(context, this.deps.campaignsById, campaignId);
  }

  @FieldResolver(() => String, { description: "The reason in words." })
  text(
    @Root() { explained }: DecisionVerdict,
    @Arg("language", () => Language, { defaultValue: "FR", description: "The language of the words." })
    language: LanguageCode,
  ): string {
    return explained.text[language];
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What would have changed it, such as "12 km instead of 8"; null where nothing of the need, of time or of a cap would have.',
  })
  change(
    @Root() { explained }: DecisionVerdict,
    @Arg("language", () => Language, { defaultValue: "FR", description: "The language of the words." })
    language: LanguageCode,
  ): string | null {
    return explained.change?.[language] ?? null;
  }
}
