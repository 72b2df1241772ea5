import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Lead } from "../deliveries/lead.types";
import { principalOf, remembered, supplierScopeOf, type RequestContext } from "../../access/identity";
import { UnreadableItem } from "../../platform/graphql/separate-items";
import { Outcome, OutcomeInput, OutcomeResult, toResult } from "./outcome.types";
import type { OutcomesService, OutcomeView, UnreadableReport } from "./outcomes.service";
import type { OutcomeReport } from "./report";

const outcomesKey = Symbol("outcomes by lead");

@Resolver(() => Lead)
export class OutcomeResolver {
  constructor(private readonly outcomes: OutcomesService) {}

  @Mutation(() => [OutcomeResult], {
    description:
      "Reports the outcomes of your leads. Takes 1 to 100 reports and answers each separately, in the same order. A report that cannot be read refuses only itself if `input` is a variable.",
  })
  async reportOutcomes(
    @Ctx() context: RequestContext,
    @Arg("input", () => [OutcomeInput], { description: "1 to 100 reports." })
    input: OutcomeInput[],
  ): Promise<OutcomeResult[]> {
    const reporter = { scope: supplierScopeOf(context), actor: principalOf(context).consumer };
    return (await this.outcomes.report(reporter, input.map(toReport))).map(toResult);
  }

  @FieldResolver(() => Outcome, {
    nullable: true,
    description: "Your report of what happened last with the lead; null if you reported nothing.",
  })
  async outcome(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<OutcomeView | null> {
    const loader = remembered(
      context,
      outcomesKey,
      () => new DataLoader((ids: readonly string[]) => this.outcomes.latest(supplierScopeOf(context), ids)),
    );
    return loader.load(lead.id);
  }
}

function toReport({ leadId, status, occurredAt, ...report }: OutcomeInput): OutcomeReport | UnreadableReport {
  if (occurredAt instanceof UnreadableItem) return { leadId, unreadable: occurredAt.message };
  return {
    ...{ leadId, status, occurredAt },
    saleCents: report.saleCents ?? null,
    vehicle: report.vehicle ?? null,
    comment: report.comment ?? null,
    externalId: report.externalId ?? null,
  };
}
