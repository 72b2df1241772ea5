import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { wholeSupplierOf, principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { AccountReader } from "../ledger";
import {
  Account,
  LedgerAccountLabel,
  PostingConnection,
  Statement,
  toAccount,
  toPosting,
  type Posting,
} from "../ledger/account.types";
import type { Transact } from "../../platform/database";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { After, First } from "../../platform/graphql/arguments";
import { LanguageArg } from "../../platform/graphql/language";
import type { Language } from "../../shared/language";

@Resolver(() => Account)
export class AccountResolver {
  constructor(
    private readonly transact: Transact,
    private readonly reader: AccountReader,
  ) {}

  @Query(() => Account, {
    description: "Your account with us. FORBIDDEN if your access is limited to sites or campaigns.",
  })
  async account(@Ctx() context: RequestContext): Promise<Account> {
    const scope = wholeSupplierOf(context);
    return toAccount(await this.transact(scope, (tx) => this.reader.account(tx, scope.supplierId)));
  }

  @FieldResolver(() => PostingConnection, {
    description: "The postings that make up the balance, newest first.",
  })
  async postings(
    @Ctx() context: RequestContext,
    @Root() { supplierId }: Account,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<Posting>> {
    const limit = pageSize(first);
    const [number] = readKey(after, [keyShape.number]) ?? [];
    const page = { before: number === undefined ? null : Number(number), limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) =>
      this.reader.postings(tx, supplierId, page),
    );
    return toConnection(rows, limit, { node: toPosting, key: (row) => [String(row.number)] });
  }

  @FieldResolver(() => Statement, { description: "Your account over one month of Paris time." })
  async statement(
    @Ctx() context: RequestContext,
    @Root() { supplierId }: Account,
    @Arg("month", () => String, { description: "The month, YYYY-MM. INVALID_INPUT for anything else." })
    month: string,
  ): Promise<Statement> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.reader.statement(tx, supplierId, month));
  }
}

@Resolver(() => LedgerAccountLabel)
export class LedgerLabelResolver {
  @FieldResolver(() => String, { description: "The name of the account." })
  text(@Root() { fr, en }: LedgerAccountLabel, @LanguageArg("FR") language: Language | null): string {
    return language === "EN" ? en : fr;
  }
}
