import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { After, First, IdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { File, toFile } from "../../platform/graphql/file.types";
import { AppError, invalid } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import type { StatementFormat as Format } from "../statements";
import type { BankStatementView } from "./bank-statement";
import { StatementFormat } from "./bank-line-enums.types";
import { BankLine, toBankLine } from "./bank-line.types";
import { linesById } from "./bank-lines.service";
import { balancesOf, pageOfStatementLines, pageOfStatements } from "./bank-statement-reads.service";
import {
  BankStatement,
  BankStatementBalance,
  BankStatementConnection,
  BankStatementLine,
  BankStatementLineConnection,
  BankStatementLineFilter,
  ImportBankStatementFileInput,
  ImportBankStatementPayload,
  toBalance,
  toBankStatement,
  toStatementLine,
} from "./bank-statement.types";
import type { BankStatements } from "./bank-statements.service";
import { statementFileOf } from "./statement-files";

/** type-graphql gives `subscribe` no resolver instance, so the statements come with the context. */
interface StatementsContext extends RequestContext {
  readonly bankStatements: BankStatements;
}

@Resolver(() => BankStatement)
export class BankStatementResolver {
  constructor(
    private readonly transact: Transact,
    private readonly statements: BankStatements,
    private readonly publicUrl: () => string,
  ) {}

  @Query(() => BankStatementConnection, { description: "Imported files of bank statements, newest first." })
  async bankStatements(
    @Ctx() context: RequestContext,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<BankStatement>> {
    const limit = pageSize(first);
    const [last = null] = readKey(after, [keyShape.id]) ?? [];
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) =>
      pageOfStatements(tx, { after: last, limit: limit + 1 }),
    );
    return toConnection(rows, limit, { node: toBankStatement, key: ({ id }) => [id] });
  }

  @Query(() => BankStatement, {
    nullable: true,
    description: "An imported file of bank statements; null if there is none with this id.",
  })
  async bankStatement(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Its id." }) id: string,
  ): Promise<BankStatement | null> {
    const found = await this.statements.find(principalOf(context), id);
    return found && toBankStatement(found);
  }

  @Mutation(() => ImportBankStatementPayload, {
    description:
      "Imports a statement sent as text; a larger file goes through POST /uploads and `importBankStatementFile`. Each line is imported once. A line that names a document, or a supplier by its SIREN, VAT number or register number, is recorded as that supplier's transfer, unless such a transfer seems to be recorded already. Nothing is imported if a line cannot be read, the account is not the company's, or the balances do not fit: INVALID_INPUT with up to 100 faults, and those of lines again in the extension `lines`, each with `line` (in CAMT.053, the entry), `reason` and `message`.",
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
    const taken = await this.statements.take(principalOf(context), { format, content }).catch(withLines);
    return { ...taken, statement: toBankStatement(taken) };
  }

  @Mutation(() => BankStatement, {
    description:
      "Imports an uploaded file of bank statements in the background; follow it with `bankStatementChanged`. Each line is imported once. A file that cannot be imported is REFUSED, with its faults. NOT_FOUND if there is no such upload, CONFLICT if it was used (UPLOAD_USED).",
  })
  async importBankStatementFile(
    @Ctx() context: RequestContext,
    @Arg("input", () => ImportBankStatementFileInput, { description: "The file." })
    { uploadId, format, iban = null, gapReason = null }: ImportBankStatementFileInput,
    @IdempotencyKey() key: string,
  ): Promise<BankStatement> {
    const wanted = { uploadId, format, iban, gapReason };
    return toBankStatement(await this.statements.start(principalOf(context), wanted, key));
  }

  @Subscription(() => BankStatement, {
    description:
      "The import of a bank statement: its current state, then every change until it has ended. NOT_FOUND when there is none with this id.",
    subscribe: ({ args, context }) => {
      const { bankStatements, ...caller } = context as StatementsContext;
      return bankStatements.watch(principalOf(caller), (args as { id: string }).id);
    },
  })
  bankStatementChanged(
    @Root() statement: BankStatementView,
    @Arg("id", () => ID, { description: "Its id." }) _id: string,
  ): BankStatement {
    return toBankStatement(statement);
  }

  @FieldResolver(() => File, {
    nullable: true,
    description: "The file as it was imported; null if it was refused. It is kept for ten years.",
  })
  file(@Root() { id, name, format, status }: BankStatement): File | null {
    return status === "REFUSED" ? null : toFile(statementFileOf({ id, name, format }), this.publicUrl());
  }

  @FieldResolver(() => [BankStatementBalance], {
    description: "The balances that it carries, in order of time; empty for formats that have none.",
  })
  async balances(
    @Ctx() context: RequestContext,
    @Root() { id }: BankStatement,
  ): Promise<BankStatementBalance[]> {
    const found = await this.transact(scopeOf(principalOf(context)), (tx) => balancesOf(tx, [id]));
    return (found.get(id) ?? []).map(toBalance);
  }

  @FieldResolver(() => BankStatementLineConnection, { description: "Its lines, in the order of the file." })
  async lines(
    @Ctx() context: RequestContext,
    @Root() { id: statementId }: BankStatement,
    @Arg("filter", () => BankStatementLineFilter, { nullable: true, description: "Absent: all lines." })
    filter: BankStatementLineFilter | null,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<BankStatementLine>> {
    const limit = pageSize(first);
    const [last] = readKey(after, [keyShape.number]) ?? [];
    const results = filter?.results ?? null;
    if (results?.length === 0)
      throw invalid("results must name at least one result.", { reason: "EMPTY", field: "filter.results" });
    const page = { statementId, results, after: last === undefined ? null : Number(last), limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) => pageOfStatementLines(tx, page));
    return toConnection(rows, limit, { node: toStatementLine, key: ({ number }) => [String(number)] });
  }
}

@Resolver(() => BankStatementLine)
export class BankStatementLineResolver {
  constructor(private readonly transact: Transact) {}

  @FieldResolver(() => BankLine, { nullable: true, description: "Null where `bankLineId` is null." })
  async bankLine(
    @Ctx() context: RequestContext,
    @Root() { bankLineId }: BankStatementLine,
  ): Promise<BankLine | null> {
    if (bankLineId === null) return null;
    return remembered(context, linesKey, () => this.linesOf(context)).load(bankLineId);
  }

  /** The lines of one answer, all read together. */
  private linesOf(context: RequestContext): DataLoader<string, BankLine | null> {
    const scope = scopeOf(principalOf(context));
    return new DataLoader(async (ids) => {
      const found = await this.transact(scope, (tx) => linesById(tx, ids));
      const byId = new Map(found.map((line) => [line.id, toBankLine(line)]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }
}

const linesKey = Symbol("bank lines by id");

/** Repeats the faults of lines under a name of their own, for programs that show them beside the file. */
function withLines(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== "INVALID_INPUT") throw error;
  const lines = faultsOf(error).flatMap(({ line, reason, message }) =>
    typeof line === "number" ? [{ line, reason, message }] : [],
  );
  throw new AppError(error.code, error.message, { ...error.details, lines });
}
