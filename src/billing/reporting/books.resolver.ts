import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { Month } from "../../platform/graphql/dates";
import { File, toFile } from "../../platform/graphql/file.types";
import { invalid } from "../../shared/errors";
import type { JournalCode } from "../../account/ledger";
import { Journal } from "../../account/ledger/journal.types";
import { AgedReceivable, EuService, LedgerProof, VatSummaryLine } from "./books.types";
import { fecFileOf, journalFileOf } from "./book-files";
import { checkYear } from "./check-year";
import type { ProofService } from "../proof";
import type { ReportsService } from "./reports.service";

export interface BooksDeps {
  readonly transact: Transact;
  readonly proof: ProofService;
  readonly reports: ReportsService;
  /** The SIREN of CarAtlas. */
  readonly siren: string;
  readonly publicUrl: () => string;
}

type Tx = Parameters<Parameters<Transact>[1]>[0];

const month = { description: "YYYY-MM, Paris time." };

@Resolver()
export class BooksResolver {
  constructor(private readonly deps: BooksDeps) {}

  @Query(() => LedgerProof, { description: "Checks every rule of the books and lists violations." })
  ledgerProof(): Promise<LedgerProof> {
    return this.deps.proof.prove();
  }

  @Query(() => [VatSummaryLine], { description: "VAT that became due in a month, for the VAT return (CA3)." })
  vatSummary(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, month) of: string,
  ): Promise<VatSummaryLine[]> {
    return this.read(context, (tx) => this.deps.reports.vatSummary(tx, of));
  }

  @Query(() => [EuService], {
    description:
      "Services to EU suppliers that became chargeable in a month, for the European services declaration (DES).",
  })
  euServices(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, month) of: string,
  ): Promise<EuService[]> {
    return this.read(context, (tx) => this.deps.reports.euServices(tx, of));
  }

  @Query(() => [AgedReceivable], {
    description: "Outstanding invoice amounts by supplier and age on a day, largest first.",
  })
  agedReceivables(
    @Ctx() context: RequestContext,
    @Arg("day", () => String, { description: "YYYY-MM-DD" }) day: string,
  ): Promise<AgedReceivable[]> {
    if (!/^2\d{3}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
      throw invalid("day is written YYYY-MM-DD, for example 2026-11-30.");
    return this.read(context, (tx) => this.deps.reports.agedReceivables(tx, day));
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
    @Arg("month", () => Month) month: string,
    @Arg("journal", () => Journal, { nullable: true, description: "Absent: all journals." })
    journal: JournalCode | null,
  ): File {
    return toFile(journalFileOf({ month, journal: journal ?? null }), this.deps.publicUrl());
  }

  private read<T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.deps.transact(scopeOf(principalOf(context)), work);
  }
}
