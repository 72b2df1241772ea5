import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { ContactChannel } from "../../reference/catalogue/catalogue.types";
import type { ContactChannel as Channel } from "../../reference/catalogue";
import { principalOf, sandboxOf, type RequestContext, wholeSupplierOf } from "../../access/identity";
import { invalid } from "../../shared/errors";
import type { Drills } from "./drills.service";
import type { GoLiveService } from "./go-live.service";
import type { SandboxEvents } from "./sandbox-events.service";
import type { SandboxMatches } from "./sandbox-matches.service";
import { GoLive, SandboxEvent, SandboxMatchInput, toGoLive } from "./sandbox.types";
import type { SandboxesService } from "./sandboxes.service";

export interface SandboxParts {
  readonly sandboxes: SandboxesService;
  readonly goLive: GoLiveService;
  readonly matches: SandboxMatches;
  readonly events: SandboxEvents;
  readonly drills: Drills;
}

const about = (leadId: string | null, campaignId: string | null = null): SandboxEvent => ({
  leadId,
  campaignId,
});

@Resolver()
export class SandboxResolver {
  constructor(private readonly sandbox: SandboxParts) {}

  @Query(() => GoLive, {
    description: "Which go-live checks your client has passed in the sandbox, and what is still missing.",
  })
  async goLive(
    @Ctx() context: RequestContext,
    @Arg("supplierId", () => ID, { nullable: true, description: "Staff only: the supplier." })
    asked: string | null,
  ): Promise<GoLive> {
    const { supplierId, sandbox } = principalOf(context);
    if (supplierId !== null && asked != null) throw invalid("supplierId is for staff only. Leave it out.");
    if (supplierId !== null && sandbox) return toGoLive(await this.sandbox.goLive.of(supplierId));
    const whose = supplierId === null ? asked : wholeSupplierOf(context).supplierId;
    if (whose === null) throw invalid("supplierId is required for staff.");
    return toGoLive(await this.sandbox.sandboxes.goLiveOf(whose));
  }

  @Mutation(() => SandboxEvent, { description: "Gives you the lead of an invented person: LeadMatched." })
  async sandboxMatch(
    @Ctx() context: RequestContext,
    @Arg("input", () => SandboxMatchInput) input: SandboxMatchInput,
  ): Promise<SandboxEvent> {
    const by = { supplierId: sandboxOf(context), actor: principalOf(context).consumer };
    return about(await this.sandbox.matches.make(by, input));
  }

  @Mutation(() => SandboxEvent, {
    description: "Withdraws some but not all channels of a lead: LeadUpdated.",
  })
  async sandboxUpdate(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID) leadId: string,
    @Arg("withdraw", () => [ContactChannel]) withdraw: Channel[],
  ): Promise<SandboxEvent> {
    await this.sandbox.events.update(sandboxOf(context), leadId, withdraw);
    return about(leadId);
  }

  @Mutation(() => SandboxEvent, { description: "Withdraws the whole consent to a lead: LeadRevoked." })
  async sandboxRevoke(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID) leadId: string,
  ): Promise<SandboxEvent> {
    await this.sandbox.events.revoke(sandboxOf(context), leadId);
    return about(leadId);
  }

  @Mutation(() => SandboxEvent, {
    description:
      "Reports the first cap of a campaign as used up: CapReached. Nothing is counted, and no lead is held back.",
  })
  async sandboxCapReached(
    @Ctx() context: RequestContext,
    @Arg("campaignId", () => ID) campaignId: string,
  ): Promise<SandboxEvent> {
    await this.sandbox.events.capReached(sandboxOf(context), campaignId);
    return about(null, campaignId);
  }

  @Mutation(() => SandboxEvent, {
    description: "Decides on a return of a lead: ReturnDecided, with a credit of 0 cents.",
  })
  async sandboxReturnDecided(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID) leadId: string,
    @Arg("accepted", () => Boolean) accepted: boolean,
  ): Promise<SandboxEvent> {
    await this.sandbox.events.returnDecided(sandboxOf(context), leadId, accepted);
    return about(leadId);
  }

  @Mutation(() => SandboxEvent, {
    description:
      "Delivers the match of this lead once more under the same cursor: the next read of each key that would begin at or after the match begins just before it.",
  })
  async sandboxDuplicate(
    @Ctx() context: RequestContext,
    @Arg("leadId", () => ID) leadId: string,
  ): Promise<SandboxEvent> {
    const supplierId = sandboxOf(context);
    await this.sandbox.events.standing(supplierId, leadId);
    await this.sandbox.drills.start(supplierId, leadId);
    return about(leadId);
  }
}
