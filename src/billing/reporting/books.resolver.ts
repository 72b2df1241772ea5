import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Day, Month } from "../../platform/graphql/dates";
import { File, toFile } from "../../platform/graphql/file.types";
import { Cursor } from "../../platform/graphql/scalars";
import type { JournalCode } from "../../account/ledger";
import { Journal } from "../../account/ledger/journal.types";
import { AgedReceivableConnection, EuService, VatSummaryLine, type AgedReceivable } from "./books.types";
import { fecFileOf, journalFileOf } from "./book-files";
import { checkYear } from "./check-year";
import type { ReportsService } from "./reports.service";

export interface BooksDeps {
  readonly transact: Transact;
  readonly reports: ReportsService;
  /** The SIREN of CarAtlas. */
  readonly siren: string;
  readonly publicUrl: () => string;
}

type Tx = Parameters<Parameters<Transact>[1]>[0];

@Resolver()
export class BooksResolver {
  constructor(private readonly deps: BooksDeps) {}

  @Query(() => [VatSummaryLine], {
    description:
      "VAT that was booked in a month, for the VAT return (CA3). It includes VAT of earlier months that were locked already, which `lateVatEntries` lists. Late fees bear no VAT.",
  })
  vatSummary(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month, in Paris time." }) month: string,
  ): Promise<VatSummaryLine[]> {
    return this.read(context, (tx) => this.deps.reports.vatSummary(tx, month));
  }

  @Query(() => [EuService], {
    description:
      "Services to EU suppliers that became chargeable in a month, for the European services declaration (DES).",
  })
  euServices(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month, in Paris time." }) month: string,
  ): Promise<EuService[]> {
    return this.read(context, (tx) => this.deps.reports.euServices(tx, month));
  }

  @Query(() => AgedReceivableConnection, {
    description: "Outstanding invoice amounts by supplier and age on a day, largest first.",
  })
  async agedReceivables(
    @Ctx() context: RequestContext,
    @Arg("on", () => Day, { description: "The day on which the age is counted." }) day: string,
    @Arg("first", () => Int, { nullable: true, description: "How many: 1 to 100, 20 by default." })
    first: number | null,
    @Arg("after", () => Cursor, { nullable: true, description: "The `endCursor` of the page before." })
    after: string | null,
  ): Promise<Connection<AgedReceivable>> {
    const limit = pageSize(first);
    const [openCents, supplierId = ""] = readKey(after, [keyShape.number, keyShape.id]) ?? [];
    const last = openCents === undefined ? null : { openCents, supplierId };
    const page = { day, after: last, limit: limit + 1 };
    const rows = await this.read(context, (tx) => this.deps.reports.agedReceivables(tx, page));
    return toConnection(rows, limit, {
      node: (row) => row,
      key: (row) => [String(row.openCents), row.supplierId],
    });
  }

  @Query(() => File, {
    description:
      "The accounting entries file (FEC) of a year, for the tax authority: 18 columns separated by TAB, in ISO 8859-15, below a header line. A year begins with the opening balances.",
  })
  fec(@Arg("year", () => Int, { description: "From 2000 to 2999." }) year: number): File {
    return toFile(fecFileOf(this.deps.siren, checkYear(year)), this.deps.publicUrl());
  }

  @Query(() => File, {
    description:
      "The entries of a month as CSV, separated by semicolons with decimal commas, below a header line. They are the same as in the FEC.",
  })
  journal(
    @Arg("month", () => Month, { description: "The month, in Paris time." }) month: string,
    @Arg("journal", () => Journal, { nullable: true, description: "Absent: all journals." })
    journal: JournalCode | null,
  ): File {
    return toFile(journalFileOf({ month, journal: journal ?? null }), this.deps.publicUrl());
  }

  private read<T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.deps.transact(scopeOf(principalOf(context)), work);
  }
}
