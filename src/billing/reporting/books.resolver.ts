import { Arg, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { keyShape, readKey } from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import { invalid } from "../../shared/errors";
import type { JournalCode } from "../../account/ledger";
import {
  AgedReceivable,
  EuService,
  FecPart,
  Journal,
  JournalPart,
  LedgerProof,
  VatSummaryLine,
} from "./books.types";
import { fecHeader, fecName } from "./fec";
import { journalHeader } from "./journal-text";
import type { MonthEnds } from "./month-ends.service";
import type { ProofService } from "../proof";
import type { ReportsService } from "./reports.service";

export interface BooksDeps {
  readonly transact: Transact;
  readonly monthEnds: MonthEnds;
  readonly proof: ProofService;
  readonly reports: ReportsService;
  /** The SIREN of CarAtlas. */
  readonly siren: string;
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

  @Query(() => FecPart, {
    description: "A part of the accounting entries file (FEC) of a year, for the tax authority.",
  })
  async fec(
    @Ctx() context: RequestContext,
    @Arg("year", () => Int) year: number,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<FecPart> {
    if (year < 2000 || year > 2999) throw invalid("year is written with four digits, for example 2026.");
    const key = readKey(after, [/^[\d :.+-]{19,40}$/, /^[A-Z]{2}$/, keyShape.number, keyShape.number]);
    const page = await this.read(context, (tx) => this.deps.reports.fec(tx, year, key));
    return {
      name: fecName(this.deps.siren, year),
      header: fecHeader,
      lines: page.lines,
      after: page.after && cursorOf(page.after),
    };
  }

  @Query(() => JournalPart, {
    description: "The entries of a month, of one journal or all. They are the same as in the FEC.",
  })
  async journal(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, month) of: string,
    @Arg("journal", () => Journal, { nullable: true }) journal: JournalCode | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<JournalPart> {
    const key = readKey(after, [/^[A-Z]{2}$/, keyShape.number, keyShape.number]);
    const wanted = { month: of, journal: journal ?? null };
    const page = await this.read(context, (tx) => this.deps.reports.journal(tx, wanted, key));
    return { header: journalHeader, lines: page.lines, after: page.after && cursorOf(page.after) };
  }

  @Mutation(() => Boolean, {
    description: "Locks a month: what is not invoiced is accrued, and no further entry can be dated in it.",
  })
  async lockMonth(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, month) of: string,
  ): Promise<boolean> {
    await this.deps.monthEnds.lock(principalOf(context), of);
    return true;
  }

  @Mutation(() => Boolean, { description: "Unlocks the last locked month and reverses its accruals." })
  async unlockMonth(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, month) of: string,
    @Arg("reason", () => String, { description: "Kept in the audit log." }) reason: string,
  ): Promise<boolean> {
    await this.deps.monthEnds.unlock(principalOf(context), of, reason);
    return true;
  }

  private read<T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.deps.transact(scopeOf(principalOf(context)), work);
  }
}

const cursorOf = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");
