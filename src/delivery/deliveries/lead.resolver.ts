import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { CampaignBook } from "../../offers/campaigns";
import { Campaign, toCampaign } from "../../offers/campaigns/campaign.types";
import type { CampaignView } from "../../offers/campaigns";
import type { ReceiptSigner } from "../../people/consent";
import { remembered, supplierScopeOf, type RequestContext } from "../../access/identity";
import { After, First } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import type { SupplierLeads, LeadPage } from "./supplier-leads.service";
import { ConsentReceipt, Lead, LeadConnection, LeadFilter, RevocationStatus, toLead } from "./lead.types";
import { Disposition } from "./lead-enums.types";

const campaignsKey = Symbol("campaigns by id");

/** Loads all campaigns of an operation or of an event with one query. */
export const campaignLoader = (
  context: RequestContext,
  book: CampaignBook,
): DataLoader<string, CampaignView | null> =>
  remembered(context, campaignsKey, () => new DataLoader((ids) => book.byIds(supplierScopeOf(context), ids)));

export interface LeadResolverDeps {
  readonly inbox: SupplierLeads;
  readonly campaigns: CampaignBook;
  readonly receipts: ReceiptSigner;
  readonly publicUrl: () => string;
}

@Resolver(() => Lead)
export class LeadResolver {
  constructor(private readonly deps: LeadResolverDeps) {}

  @Query(() => LeadConnection, {
    description: "Your leads, newest first, without those to which your right has ended.",
  })
  async leads(
    @Ctx() context: RequestContext,
    @First() first: number | null,
    @After() after: string | null,
    @Arg("filter", () => LeadFilter, { nullable: true, description: "Without it, all are listed." })
    filter: LeadFilter | null,
  ): Promise<Connection<Lead>> {
    const size = pageSize(first);
    const page = { after: pageStart(after), limit: size + 1, ...wantedBy(filter) };
    const views = await this.deps.inbox.page(supplierScopeOf(context), page);
    return toConnection(views, size, {
      node: toLead,
      key: (view) => [view.matchedAt.toISOString(), view.id],
    });
  }

  @Query(() => Lead, {
    nullable: true,
    description:
      "One of your leads; null once your right to it has ended. NOT_FOUND for a lead that was never yours.",
  })
  async lead(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The lead." }) id: string,
  ): Promise<Lead | null> {
    const view = await this.deps.inbox.one(supplierScopeOf(context), id);
    return view && toLead(view);
  }

  @Mutation(() => RevocationStatus, {
    description:
      "Answers LeadRevoked: you deleted the lead, or you keep it on a legal ground of your own, for example because the person has become your customer. A later answer replaces an earlier one. CONFLICT if the lead was not revoked.",
  })
  async acknowledgeRevocation(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID, { description: "The revoked lead." }) leadId: string,
    @Arg("disposition", () => Disposition, { description: "What you did with it." })
    disposition: keyof typeof Disposition,
    @Arg("ground", () => String, {
      nullable: true,
      description:
        "Why you may keep the lead, at most 500 characters. Required for KEPT. Do not name the person.",
    })
    ground: string | null,
  ): Promise<RevocationStatus> {
    const answer = { leadId, disposition, ground: ground ?? null };
    const delivery = await this.deps.inbox.acknowledgeRevocation(supplierScopeOf(context), answer);
    return { ...delivery, leadId: delivery.id, reason: delivery.revocationReason };
  }

  @FieldResolver(() => Campaign, {
    description: "The campaign that received the lead, in its current version.",
  })
  async campaign(@Root() { view }: Lead, @Ctx() context: RequestContext): Promise<Campaign> {
    const found = await campaignLoader(context, this.deps.campaigns).load(view.campaignId);
    if (!found) throw new Error(`Lead ${view.id} has no campaign.`);
    return toCampaign(found);
  }

  @FieldResolver(() => ConsentReceipt, { description: "Signed. You can verify it offline." })
  consentReceipt(@Root() { view }: Lead): ConsentReceipt {
    // The receipt proves only the channels still allowed, not those withdrawn since the match.
    const { consent, channels } = view;
    const jws = this.deps.receipts.sign({
      ...consent,
      channels,
      leadId: view.id,
      supplierId: view.supplierId,
      seat: view.seat,
      seats: view.seats,
      matchedAt: view.matchedAt.toISOString(),
    });
    const verifyWith = `${this.deps.publicUrl()}/.well-known/jwks.json`;
    return {
      jws,
      verifyWith,
      givenAt: new Date(consent.givenAt),
      channels,
      textHash: consent.textHash,
    };
  }
}

function pageStart(after: string | null): LeadPage["after"] {
  const [matchedAt, id] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
  return matchedAt && id ? { matchedAt, id } : null;
}

const wantedBy = (
  filter: LeadFilter | null,
): Pick<LeadPage, "campaignId" | "matchedFrom" | "matchedBefore"> => ({
  campaignId: filter?.campaign ?? null,
  matchedFrom: filter?.matchedFrom ?? null,
  matchedBefore: filter?.matchedBefore ?? null,
});
