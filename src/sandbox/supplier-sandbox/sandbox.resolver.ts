import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { principalOf, sandboxOf, supplierScopeOf, type RequestContext } from "../../access/identity";
import type { SupplierLeads } from "../../delivery/deliveries";
import { leadOf } from "../../delivery/deliveries/lead-loader.types";
import type { Lead } from "../../delivery/deliveries/lead.types";
import type { CampaignsService } from "../../offers/campaigns";
import { toCampaign, type Campaign } from "../../offers/campaigns/campaign.types";
import { ContactChannel } from "../../reference/catalogue/catalogue.types";
import type { ContactChannel as Channel } from "../../reference/catalogue";
import type { Drills } from "./drills.service";
import type { SandboxEvents } from "./sandbox-events.service";
import type { SandboxMatches } from "./sandbox-matches.service";
import {
  SandboxCapReachedPayload,
  SandboxDuplicatePayload,
  SandboxMatchInput,
  SandboxMatchPayload,
  SandboxReturnDecidedPayload,
  SandboxRevokePayload,
  SandboxUpdatePayload,
} from "./sandbox.types";

export interface SandboxParts {
  readonly matches: SandboxMatches;
  readonly events: SandboxEvents;
  readonly drills: Drills;
  readonly inbox: SupplierLeads;
  readonly campaigns: CampaignsService;
}

const LeadId = (): ParameterDecorator =>
  Arg("leadId", () => ID, { description: "A lead of the sandbox." }) as ParameterDecorator;

@Resolver()
export class SandboxResolver {
  constructor(private readonly sandbox: SandboxParts) {}

  @Mutation(() => SandboxMatchPayload, {
    description:
      "Gives you the lead of an invented person: LeadMatched. All faults of the input are reported at once.",
  })
  async sandboxMatch(
    @Ctx() context: RequestContext,
    @Arg("input", () => SandboxMatchInput, { description: "What the invented person requests." })
    input: SandboxMatchInput,
  ): Promise<SandboxMatchPayload> {
    const by = { supplierId: sandboxOf(context), actor: principalOf(context).consumer };
    const { leadId, campaignId } = await this.sandbox.matches.make(by, input);
    const campaign = await this.campaign(context, campaignId);
    return { leadId, lead: await this.lead(context, leadId), campaignId, campaign };
  }

  @Mutation(() => SandboxUpdatePayload, {
    description: "Withdraws some but not all channels of a lead: LeadUpdated.",
  })
  async sandboxUpdate(
    @Ctx() context: RequestContext,
    @LeadId() leadId: string,
    @Arg("withdraw", () => [ContactChannel], {
      description: "Channels of the lead. At least one other has to be left.",
    })
    withdraw: Channel[],
  ): Promise<SandboxUpdatePayload> {
    await this.sandbox.events.update(sandboxOf(context), leadId, withdraw);
    return { leadId, lead: await this.lead(context, leadId) };
  }

  @Mutation(() => SandboxRevokePayload, {
    description: "Withdraws the whole consent to a lead: LeadRevoked.",
  })
  async sandboxRevoke(
    @Ctx() context: RequestContext,
    @LeadId() leadId: string,
  ): Promise<SandboxRevokePayload> {
    await this.sandbox.events.revoke(sandboxOf(context), leadId);
    return { leadId };
  }

  @Mutation(() => SandboxCapReachedPayload, {
    description:
      "Reports the first cap of a campaign as used up: CapReached. Nothing is counted, and no lead is held back.",
  })
  async sandboxCapReached(
    @Ctx() context: RequestContext,
    @Arg("campaignId", () => ID, { description: "A campaign of the sandbox that has a cap." })
    campaignId: string,
  ): Promise<SandboxCapReachedPayload> {
    await this.sandbox.events.capReached(sandboxOf(context), campaignId);
    return { campaignId, campaign: await this.campaign(context, campaignId) };
  }

  @Mutation(() => SandboxReturnDecidedPayload, {
    description: "Decides on a return of a lead: ReturnDecided, with a credit of 0 cents.",
  })
  async sandboxReturnDecided(
    @Ctx() context: RequestContext,
    @LeadId() leadId: string,
    @Arg("accepted", () => Boolean, { description: "The decision. A lead can be accepted once." })
    accepted: boolean,
  ): Promise<SandboxReturnDecidedPayload> {
    await this.sandbox.events.returnDecided(sandboxOf(context), leadId, accepted);
    return { leadId, lead: await this.lead(context, leadId) };
  }

  @Mutation(() => SandboxDuplicatePayload, {
    description:
      "Delivers the match of this lead once more under the same cursor: the next read of each key that would begin at or after the match begins just before it.",
  })
  async sandboxDuplicate(
    @Ctx() context: RequestContext,
    @LeadId() leadId: string,
  ): Promise<SandboxDuplicatePayload> {
    const supplierId = sandboxOf(context);
    await this.sandbox.events.standing(supplierId, leadId);
    await this.sandbox.drills.start(supplierId, leadId);
    return { leadId, lead: await this.lead(context, leadId) };
  }

  private lead(context: RequestContext, leadId: string): Promise<Lead | null> {
    return leadOf(context, this.sandbox.inbox, leadId);
  }

  private async campaign(context: RequestContext, id: string): Promise<Campaign> {
    return toCampaign(await this.sandbox.campaigns.one(supplierScopeOf(context), id));
  }
}
