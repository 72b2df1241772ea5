import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import type { BankImport } from "./bank-import.service";
import type { BookedService } from "./booked.service";
import { Booked } from "./booked.types";
import type { ReconciliationService } from "./reconciliation.service";
import {
  BankLine,
  BankLineKind,
  BankStatementImported,
  Reconciliation,
  StatementFormat,
} from "./reconciliation.types";
import type { StatementFormat as Format } from "./statement-lines";
import type { BookedAs } from "./suspense";

@Resolver()
export class ReconciliationResolver {
  constructor(
    private readonly transact: Transact,
    private readonly service: ReconciliationService,
    private readonly bank: BankImport,
    private readonly causes: BookedService,
  ) {}

  @Query(() => Reconciliation)
  async reconciliation(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, { description: "YYYY-MM, Paris time." }) month: string,
  ): Promise<Reconciliation> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.service.of(tx, month));
  }

  @Query(() => Booked, {
    description:
      "Everything the books contain about the subject of a difference: a lead's id, a document's id or number, the id of a payment, refund or payout, or the bank's reference.",
  })
  async booked(
    @Ctx() context: RequestContext,
    @Arg("subject", () => String) subject: string,
  ): Promise<Booked> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.causes.of(tx, subject));
  }

  @Query(() => [BankLine], {
    description: "Bank statement lines that are not matched, oldest first; at most 500.",
  })
  async unmatchedBankLines(@Ctx() context: RequestContext): Promise<BankLine[]> {
    return this.bank.unmatched(principalOf(context));
  }

  @Mutation(() => BankStatementImported, {
    description:
      "Imports each line once. A line that names a document or a supplier's SIREN is recorded as that supplier's transfer; Stripe payouts are matched by amount and day.",
  })
  async importBankStatement(
    @Ctx() context: RequestContext,
    @Arg("format", () => StatementFormat) format: Format,
    @Arg("content", () => String, { description: "The file, at most 5,000 lines." }) content: string,
  ): Promise<BankStatementImported> {
    return this.bank.take(principalOf(context), format, content);
  }

  @Mutation(() => Boolean, {
    description:
      "Assigns a line to a supplier and records it as its transfer. If the line differs from a transfer recorded by hand, the transfer is corrected to the bank's amount.",
  })
  async assignBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("supplier", () => ID) supplierId: string,
    @Arg("document", () => ID, { nullable: true, description: "The invoice it was made for." })
    documentId: string | null,
  ): Promise<boolean> {
    await this.bank.assign(principalOf(context), { id, supplierId, documentId: documentId ?? null });
    return true;
  }

  @Mutation(() => Boolean, {
    description: "Books a line that concerns no supplier as a bank fee, another expense or income.",
  })
  async bookBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("as", () => BankLineKind) as: BookedAs,
    @Arg("reason", () => String, { description: "What the line is; used as the label of the entry." })
    reason: string,
  ): Promise<boolean> {
    await this.bank.book(principalOf(context), { id, as, reason });
    return true;
  }
}
