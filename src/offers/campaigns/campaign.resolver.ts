import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, supplierScopeOf, type RequestContext } from "../../access/identity";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor, DateTime } from "../../platform/graphql/scalars";
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
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
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

  @Query(() => Campaign)
  async campaign(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Campaign> {
    return toCampaign(await this.campaignsService.one(supplierScopeOf(context), id));
  }

  @Mutation(() => Campaign, { description: "A new campaign is ACTIVE, so leads may arrive at once." })
  async createCampaign(
    @Ctx() context: RequestContext,
    @Arg("input", () => CampaignInput) input: CampaignInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<Campaign> {
    return toCampaign(await this.campaignsService.create(editorOf(context), input, key ?? null));
  }

  @Mutation(() => Campaign, {
    description:
      "Replaces all terms by a new version. Leads already received keep the version that took them.",
  })
  async updateCampaign(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("input", () => CampaignInput) input: CampaignInput,
  ): Promise<Campaign> {
    return toCampaign(await this.campaignsService.update(editorOf(context), id, input));
  }

  @Mutation(() => Campaign, {
    description:
      "Once this returns PAUSED, the campaign receives no further lead until `resumeAt`, if given, when it becomes ACTIVE again by itself.",
  })
  async setCampaignStatus(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("status", () => CampaignStatus) status: Status,
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
