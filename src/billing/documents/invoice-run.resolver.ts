import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { principalOf, type RequestContext } from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import { After, First, IdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Month } from "../../platform/graphql/dates";
import {
  InvoicePreview,
  InvoicePreviewConnection,
  InvoiceRun,
  InvoiceRunFailure,
  toInvoiceRun,
} from "./invoice-run.types";
import type { InvoiceRunView } from "./invoice-run-view";
import type { InvoiceRuns } from "./invoice-runs.service";

/** type-graphql gives `subscribe` no resolver instance, so the runs come with the context. */
interface RunsContext extends RequestContext {
  readonly invoiceRuns: InvoiceRuns;
}

@Resolver()
export class InvoiceRunResolver {
  constructor(private readonly runs: InvoiceRuns) {}

  @Query(() => InvoicePreviewConnection, {
    description: "What `issueInvoices` would issue for a month, supplier by supplier.",
  })
  async previewInvoices(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month to invoice, in Paris time." }) month: string,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<InvoicePreview>> {
    const limit = pageSize(first);
    const [supplierId = null] = readKey(after, [keyShape.id]) ?? [];
    const page = { after: supplierId, limit: limit + 1 };
    const rows = await this.runs.preview(principalOf(context), month, page);
    return toConnection(rows, limit, { node: (row): InvoicePreview => row, key: (row) => [row.supplierId] });
  }

  @Mutation(() => InvoiceRun, {
    description:
      "Starts a run that invoices every supplier for a month that is over. It continues in the background; follow it with `invoiceRunChanged`. INVALID_INPUT while the month is not over; CONFLICT while a run of the month is in progress (RUN_IN_PROGRESS).",
  })
  async issueInvoices(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month to invoice, in Paris time." }) month: string,
    @IdempotencyKey() key: string,
  ): Promise<InvoiceRun> {
    return toInvoiceRun(await this.runs.start(principalOf(context), month, key));
  }

  @Query(() => InvoiceRun, {
    nullable: true,
    description: "An invoice run; null when there is none with this id.",
  })
  async invoiceRun(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the run." }) id: string,
  ): Promise<InvoiceRun | null> {
    const run = await this.runs.find(principalOf(context), id);
    return run && toInvoiceRun(run);
  }

  @Subscription(() => InvoiceRun, {
    description:
      "Progress of an invoice run: its current state, then every change until it has ended. NOT_FOUND when there is none with this id.",
    subscribe: ({ args, context }) => {
      const runs = context as RunsContext;
      return runs.invoiceRuns.watch(principalOf(runs), (args as { id: string }).id);
    },
  })
  invoiceRunChanged(
    @Root() run: InvoiceRunView,
    @Arg("id", () => ID, { description: "Id of the run." }) _id: string,
  ): InvoiceRun {
    return toInvoiceRun(run);
  }
}

@Resolver(() => InvoicePreview)
export class InvoicePreviewResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { description: "The supplier that would be invoiced." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: InvoicePreview): Promise<Supplier> {
    return loadSupplier(context, this.suppliersById, supplierId);
  }
}

@Resolver(() => InvoiceRunFailure)
export class InvoiceRunFailureResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { description: "The supplier for which nothing was issued." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: InvoiceRunFailure): Promise<Supplier> {
    return loadSupplier(context, this.suppliersById, supplierId);
  }
}
