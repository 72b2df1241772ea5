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
    @Arg("month", () => String, { description: "YYYY-MM, in Paris." }) month: string,
  ): Promise<Reconciliation> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.service.of(tx, month));
  }

  @Query(() => Booked, {
    description:
      "From the subject of a difference to its cause: a lead's id, a document's id or name, a payment's, a refund's or a payout's id, or the bank's reference.",
  })
  async booked(
    @Ctx() context: RequestContext,
    @Arg("subject", () => String) subject: string,
  ): Promise<Booked> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.causes.of(tx, subject));
  }

  @Query(() => [BankLine], { description: "What nothing was matched with, the oldest first; at most 500." })
  async unmatchedBankLines(@Ctx() context: RequestContext): Promise<BankLine[]> {
    return this.bank.unmatched(principalOf(context));
  }

  @Mutation(() => BankStatementImported, {
    description:
      "Each line is taken once. One that names a document or a supplier's SIREN becomes its transfer; a payout of Stripe is matched by its amount.",
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
      "Says whose money a line is: it becomes that supplier's transfer. Of one that differs from a transfer recorded by hand: that the bank is right; the transfer is corrected by what differs.",
  })
  async assignBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("supplier", () => ID) supplierId: string,
    @Arg("document", () => ID, { nullable: true, description: "The invoice that it was made for." })
    documentId: string | null,
  ): Promise<boolean> {
    await this.bank.assign(principalOf(context), { id, supplierId, documentId: documentId ?? null });
    return true;
  }

  @Mutation(() => Boolean, {
    description: "Says what a line is that is no supplier's: a fee of the bank, another expense, an income.",
  })
  async bookBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("as", () => BankLineKind) as: BookedAs,
    @Arg("reason", () => String, { description: "What it is; it stands on the entry." }) reason: string,
  ): Promise<boolean> {
    await this.bank.book(principalOf(context), { id, as, reason });
    return true;
  }
}
