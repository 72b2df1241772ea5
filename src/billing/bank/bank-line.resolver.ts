import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { After, First, IdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import type { BookedAs } from "./bank-line";
import type { BankLineDecisions } from "./bank-line-decisions.service";
import {
  AssignBankLinePayload,
  BankLine,
  BankLineConnection,
  BankLineFilter,
  BankLinePartInput,
  BookBankLinePayload,
  toBankLine,
} from "./bank-line.types";
import { BankLineKind } from "./bank-line-enums.types";
import { pageOfLines } from "./bank-lines.service";

@Resolver()
export class BankLineResolver {
  constructor(
    private readonly transact: Transact,
    private readonly decisions: BankLineDecisions,
  ) {}

  @Query(() => BankLineConnection, {
    description: "Lines of bank statements, in the order in which the bank booked them.",
  })
  async bankLines(
    @Ctx() context: RequestContext,
    @Arg("filter", () => BankLineFilter, { nullable: true, description: "Absent: all lines." })
    filter: BankLineFilter | null,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<BankLine>> {
    const limit = pageSize(first);
    const [last = null] = readKey(after, [keyShape.id]) ?? [];
    const { status = null, month = null, reference = null } = filter ?? {};
    const page = { filter: { status, month, reference }, after: last, limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) => pageOfLines(tx, page));
    return toConnection(rows, limit, { node: toBankLine, key: ({ id }) => [id] });
  }

  @Mutation(() => AssignBankLinePayload, {
    description:
      "Assigns what is open of an incoming line to a supplier and records it as its transfer. If a transfer with the line's reference was recorded by hand, the line is matched with that transfer, which is corrected to the bank's amount. CONFLICT with the reason ALREADY_MATCHED if the line is matched or booked.",
  })
  async assignBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The id of the line." }) id: string,
    @Arg("supplierId", () => ID, { description: "Who paid." }) supplierId: string,
    @Arg("documentId", () => ID, {
      nullable: true,
      description:
        "The invoice it was made for, settled before the others. Without it the oldest is settled first.",
    })
    documentId: string | null,
    @IdempotencyKey() key: string,
  ): Promise<AssignBankLinePayload> {
    const wanted = { id, supplierId, documentId: documentId ?? null };
    return { line: toBankLine(await this.decisions.assign(principalOf(context), wanted, key)) };
  }

  @Mutation(() => BankLine, {
    description:
      "Splits what is open of an incoming line over suppliers and invoices, each part as a transfer. What the parts leave stays on suspense. CONFLICT with the reason ALREADY_MATCHED if nothing is open.",
  })
  async splitBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The id of the line." }) id: string,
    @Arg("parts", () => [BankLinePartInput], {
      description: "The parts, 1 to 100, together at most what is open of the line.",
    })
    parts: BankLinePartInput[],
    @IdempotencyKey() key: string,
  ): Promise<BankLine> {
    const shares = parts.map(({ documentId = null, ...part }) => ({ ...part, documentId }));
    return toBankLine(await this.decisions.split(principalOf(context), { id, parts: shares }, key));
  }

  @Mutation(() => BankLine, {
    description:
      "Confirms that a waiting line is money which was recorded, or that it takes an earlier line back: one of its `candidates`. A transfer recorded by hand with another amount is corrected to the bank's. CONFLICT with the reason ALREADY_MATCHED if the line is matched or booked, and with ALREADY_REFUNDED if part of what is taken back was refunded.",
  })
  async matchBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The id of the line." }) id: string,
    @Arg("subject", () => String, { description: "The `subject` of the candidate." }) subject: string,
    @IdempotencyKey() key: string,
  ): Promise<BankLine> {
    return toBankLine(await this.decisions.match(principalOf(context), { id, subject }, key));
  }

  @Mutation(() => BookBankLinePayload, {
    description:
      "Books what is open of a line that concerns no supplier as a bank fee, another expense or income. CONFLICT with the reason ALREADY_MATCHED if the line is matched or booked, and with TRANSFER_RECORDED if a transfer with its reference was recorded.",
  })
  async bookBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The id of the line." }) id: string,
    @Arg("as", () => BankLineKind, {
      description: "INCOME for incoming money; BANK_FEE or EXPENSE for outgoing money.",
    })
    as: BookedAs,
    @Arg("reason", () => String, {
      description: "What the line is, in 1 to 200 characters; used as the label of the entry.",
    })
    reason: string,
    @IdempotencyKey() key: string,
  ): Promise<BookBankLinePayload> {
    return { line: toBankLine(await this.decisions.book(principalOf(context), { id, as, reason }, key)) };
  }

  @Mutation(() => BankLine, {
    description:
      "Takes back what a line was matched with or booked as, with reversing entries: invoices that it had paid are open again, and its money is on suspense until it is assigned anew. CONFLICT with the reason NOT_MATCHED if there is nothing to take back, ALREADY_REFUNDED if part of the money was refunded, and RECALLED if the bank took it back by another line.",
  })
  async undoBankLine(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The id of the line." }) id: string,
    @Arg("partId", () => ID, { nullable: true, description: "Only this part. Absent: all parts." })
    partId: string | null,
    @Arg("reason", () => String, { description: "Why, in 1 to 200 characters; kept with the part." })
    reason: string,
    @IdempotencyKey() key: string,
  ): Promise<BankLine> {
    const wanted = { id, partId: partId ?? null, reason };
    return toBankLine(await this.decisions.undo(principalOf(context), wanted, key));
  }
}
