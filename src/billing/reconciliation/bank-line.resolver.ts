import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { IdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import type { BookedAs } from "./bank-line";
import type { BankLineDecisions } from "./bank-line-decisions.service";
import {
  AssignBankLinePayload,
  BankLineConnection,
  BankLineFilter,
  BankLineKind,
  BookBankLinePayload,
  ImportBankStatementPayload,
  StatementFormat,
  type BankLine,
} from "./bank-line.types";
import { pageOfLines } from "./bank-lines.service";
import type { BankImport } from "./bank-import.service";
import type { StatementFormat as Format } from "./statement-lines";

@Resolver()
export class BankLineResolver {
  constructor(
    private readonly transact: Transact,
    private readonly bank: BankImport,
    private readonly decisions: BankLineDecisions,
  ) {}

  @Query(() => BankLineConnection, {
    description: "Lines of bank statements, in the order in which the bank booked them.",
  })
  async bankLines(
    @Ctx() context: RequestContext,
    @Arg("filter", () => BankLineFilter, { nullable: true, description: "Absent: all lines." })
    filter: BankLineFilter | null,
    @Arg("first", () => Int, { nullable: true, description: "How many: 1 to 100, 20 by default." })
    first: number | null,
    @Arg("after", () => Cursor, { nullable: true, description: "The `endCursor` of the page before." })
    after: string | null,
  ): Promise<Connection<BankLine>> {
    const limit = pageSize(first);
    const [last = null] = readKey(after, [keyShape.id]) ?? [];
    const { status = null, month = null, reference = null } = filter ?? {};
    const page = { filter: { status, month, reference }, after: last, limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) => pageOfLines(tx, page));
    return toConnection(rows, limit, { node: (line) => line, key: ({ id }) => [id] });
  }

  @Mutation(() => ImportBankStatementPayload, {
    description:
      "Imports each line once, by its reference. A line that names a document or a supplier's SIREN is recorded as that supplier's transfer; Stripe payouts are matched by amount and day. Nothing is imported if a line cannot be read: INVALID_INPUT with up to 100 faults, each with the number of its `line` (in CAMT.053, of its entry).",
  })
  async importBankStatement(
    @Ctx() context: RequestContext,
    @Arg("format", () => StatementFormat, { description: "How `content` is written." }) format: Format,
    @Arg("content", () => String, {
      description:
        "The statement as text, as much as a request of 100 kB holds. Upload a larger one with POST /uploads.",
    })
    content: string,
  ): Promise<ImportBankStatementPayload> {
    return this.bank.take(principalOf(context), format, content);
  }

  @Mutation(() => AssignBankLinePayload, {
    description:
      "Assigns an unmatched incoming line to a supplier and records it as its transfer. If a transfer with the line's reference was recorded by hand, that transfer is corrected to the bank's amount. CONFLICT with the reason ALREADY_MATCHED if the line is matched or booked.",
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
    return { line: await this.decisions.assign(principalOf(context), wanted, key) };
  }

  @Mutation(() => BookBankLinePayload, {
    description:
      "Books an unmatched line that concerns no supplier as a bank fee, another expense or income. CONFLICT with the reason ALREADY_MATCHED if the line is matched or booked, and with TRANSFER_RECORDED if a transfer with its reference was recorded.",
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
    return { line: await this.decisions.book(principalOf(context), { id, as, reason }, key) };
  }
}
