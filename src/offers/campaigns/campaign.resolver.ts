import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, supplierScopeOf, type RequestContext } from "../../access/identity";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { After, First, IfVersion, OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import { DateTime } from "../../platform/graphql/scalars";
import type { CampaignBook } from "./campaign-book.service";
import { CampaignStatus } from "./campaign-enums.types";
import { CampaignInput } from "./campaign-input.types";
import { Campaign, CampaignConnection, toCampaign } from "./campaign.types";
import type { CampaignEditor, CampaignsService } from "./campaigns.service";
import type { CampaignStatus as Status } from "./terms";

@Resolver()
export class CampaignResolver {
  constructor(
    private readonly campaignsService: CampaignsService,
    private readonly book: CampaignBook,
  ) {}

  @Query(() => CampaignConnection, { description: "Your campaigns, newest first." })
  async campaigns(
    @Ctx() context: RequestContext,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<Campaign>> {
    const size = pageSize(first);
    const [createdAt, id] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
    const from = createdAt && id ? { createdAt, id } : null;
    const rows = await this.book.page(supplierScopeOf(context), { after: from, limit: size + 1 });
    return toConnection(rows, size, {
      node: toCampaign,
      key: (row) => [row.createdAt.toISOString(), row.id],
    });
  }

  @Query(() => Campaign, { description: "One of your campaigns. NOT_FOUND if there is none of this id." })
  async campaign(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Of one of your campaigns." }) id: string,
  ): Promise<Campaign> {
    return toCampaign(await this.campaignsService.one(supplierScopeOf(context), id));
  }

  @Mutation(() => Campaign, {
    description:
      "Creates a campaign. It is ACTIVE, so leads may arrive at once. CONFLICT while your onboarding for the product is not complete.",
  })
  async createCampaign(
    @Ctx() context: RequestContext,
    @Arg("input", () => CampaignInput, { description: "The terms of the campaign." }) input: CampaignInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<Campaign> {
    return toCampaign(await this.campaignsService.create(editorOf(context), input, key ?? null));
  }

  @Mutation(() => Campaign, {
    description:
      "Makes a new version of the terms. The required fields of the input are replaced; of the others, one that is absent keeps its value and null sets its default. Leads already received keep the version that took them. CONFLICT with the reason ARCHIVED if the campaign is archived.",
  })
  async updateCampaign(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Of one of your campaigns." }) id: string,
    @Arg("input", () => CampaignInput, {
      description: "The terms from now on. The product cannot be changed.",
    })
    input: CampaignInput,
    @IfVersion() ifVersion: number | null,
  ): Promise<Campaign> {
    const change = { input, ifVersion: ifVersion ?? null };
    return toCampaign(await this.campaignsService.update(editorOf(context), id, change));
  }

  @Mutation(() => Campaign, {
    description:
      "Sets whether the campaign takes leads. Once this returns PAUSED, the campaign receives no further lead until `resumeAt`, if given, when it becomes ACTIVE again by itself. CONFLICT with the reason ARCHIVED if the campaign is archived.",
  })
  async setCampaignStatus(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Of one of your campaigns." }) id: string,
    @Arg("status", () => CampaignStatus, { description: "ARCHIVED is final." }) status: Status,
    @Arg("resumeAt", () => DateTime, {
      nullable: true,
      description: "Only with PAUSED: in the future, at most a year ahead.",
    })
    resumeAt: Date | null,
  ): Promise<Campaign> {
    return toCampaign(await this.campaignsService.setStatus(editorOf(context), id, { status, resumeAt }));
  }
}

const editorOf = (context: RequestContext): CampaignEditor => ({
  scope: supplierScopeOf(context),
  actor: principalOf(context).consumer,
});
