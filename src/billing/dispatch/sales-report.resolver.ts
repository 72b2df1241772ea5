import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { isStaff, principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { After, First, IdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { BillingDocument, BillingDocumentConnection, toDocument } from "../documents/document.types";
import { SalesReport, SalesReportConnection, SalesReportFilter } from "./sales-report.types";
import type { ReportPage, SalesReports, SalesReportView } from "./sales-reports.service";

const inMemory = Symbol("reports that contain documents");

@Resolver(() => SalesReport)
export class SalesReportResolver {
  constructor(
    private readonly transact: Transact,
    private readonly reports: SalesReports,
  ) {}

  @Query(() => SalesReportConnection, {
    description: "Reports of sales to the tax authority (e-reporting), newest first.",
  })
  async salesReports(
    @Ctx() context: RequestContext,
    @Arg("filter", () => SalesReportFilter, { nullable: true, description: "Which reports to list." })
    filter: SalesReportFilter | null,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<SalesReport>> {
    const limit = pageSize(first);
    const page = { needsAction: filter?.needsAction ?? null, after: startOf(after), limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) => this.reports.page(tx, page));
    return toConnection(rows, limit, {
      node: toReport,
      key: ({ createdAt, id }) => [createdAt.toISOString(), id],
    });
  }

  @Query(() => SalesReport, {
    nullable: true,
    description: "A report of sales to the tax authority (e-reporting); null when there is no such report.",
  })
  async salesReport(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the report." }) id: string,
  ): Promise<SalesReport | null> {
    const found = await this.transact(scopeOf(principalOf(context)), (tx) => this.reports.one(tx, id));
    return found && toReport(found);
  }

  @FieldResolver(() => BillingDocumentConnection, { description: "The documents that it contains." })
  async documents(
    @Ctx() context: RequestContext,
    @Root() { id }: SalesReport,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<BillingDocument>> {
    const limit = pageSize(first);
    const [start = null] = readKey(after, [keyShape.id]) ?? [];
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) =>
      this.reports.documents(tx, id, { after: start, limit: limit + 1 }),
    );
    return toConnection(rows, limit, { node: toDocument, key: (row) => [row.id] });
  }

  @Mutation(() => SalesReport, {
    description:
      "Makes a refused report of sales again, with all documents of its period, and sends it. NOT_FOUND for an unknown report; CONFLICT unless it is the newest of its period and was refused (NOT_REFUSED); UNAVAILABLE with NOT_CONFIGURED where no reports are sent.",
  })
  async resendSalesReport(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the refused report." }) id: string,
    @IdempotencyKey() key: string,
  ): Promise<SalesReport> {
    return toReport(await this.reports.resend(principalOf(context), id, key));
  }
}

@Resolver(() => BillingDocument)
export class ReportedDocumentResolver {
  constructor(
    private readonly transact: Transact,
    private readonly reports: SalesReports,
  ) {}

  @FieldResolver(() => SalesReport, {
    nullable: true,
    description:
      "The newest report of sales to the tax authority that contains the document; null for suppliers, and when none does: documents with a `transmission` are not reported.",
  })
  async salesReport(
    @Ctx() context: RequestContext,
    @Root() { id }: BillingDocument,
  ): Promise<SalesReport | null> {
    const by = principalOf(context);
    if (!isStaff(by.role)) return null;
    const loader = remembered(context, inMemory, () => this.loader(context));
    const found = await loader.load(id);
    return found && toReport(found);
  }

  private loader(context: RequestContext): DataLoader<string, SalesReportView | null> {
    const scope = scopeOf(principalOf(context));
    return new DataLoader(async (ids) => {
      const found = await this.transact(scope, (tx) => this.reports.containing(tx, ids));
      return ids.map((id) => found.get(id) ?? null);
    });
  }
}

function startOf(after: string | null): ReportPage["after"] {
  const [createdAt = "", id = ""] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
  return id === "" ? null : { createdAt, id };
}

/** Staff read the statuses of reports in French unless they ask for English. */
const toReport = ({ statuses, from, to, ...report }: SalesReportView): SalesReport => ({
  ...report,
  ...{ startsOn: from, endsOn: to },
  statuses: statuses.map((status) => ({ ...status, documentLanguage: "FR" as const })),
});
