import { Arg, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { principalOf, type RequestContext } from "../../access/identity";
import { InvoicePreview, InvoiceRun } from "./invoice-run.types";
import type { InvoiceRunView } from "./invoice-run-view";
import type { InvoiceRuns } from "./invoice-runs.service";

/** type-graphql gives `subscribe` no resolver instance, so the runs come with the context. */
interface RunsContext extends RequestContext {
  readonly invoiceRuns: InvoiceRuns;
}

@Resolver()
export class InvoiceRunResolver {
  constructor(private readonly runs: InvoiceRuns) {}

  @Query(() => [InvoicePreview], { description: "What `issueInvoices` would issue for a month." })
  previewInvoices(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, { description: "YYYY-MM" }) month: string,
  ): Promise<InvoicePreview[]> {
    return this.runs.preview(principalOf(context), month);
  }

  @Mutation(() => InvoiceRun, {
    description:
      "Starts a run that invoices every supplier for a month that is over. It continues in the background; follow it with `invoiceRun`.",
  })
  issueInvoices(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, { description: "YYYY-MM" }) month: string,
  ): Promise<InvoiceRun> {
    return this.runs.start(principalOf(context), month);
  }

  @Subscription(() => InvoiceRun, {
    description: "Progress of a run: its current state, then every change until it has ended.",
    subscribe: ({ args, context }) => {
      const runs = context as RunsContext;
      return runs.invoiceRuns.watch(principalOf(runs), (args as { id: string }).id);
    },
  })
  invoiceRun(@Root() run: InvoiceRunView, @Arg("id", () => ID) _id: string): InvoiceRun {
    return run;
  }
}
