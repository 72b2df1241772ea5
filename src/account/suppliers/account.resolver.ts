import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { wholeSupplierOf, principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { AccountReader } from "../ledger";
import {
  Account,
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
import { Cursor } from "../../platform/graphql/scalars";

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

  @FieldResolver(() => PostingConnection, { description: "Newest first." })
  async postings(
    @Ctx() context: RequestContext,
    @Root() { supplierId }: Account,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<Connection<Posting>> {
    const limit = pageSize(first);
    const [number] = readKey(after, [keyShape.number]) ?? [];
    const page = { before: number === undefined ? null : Number(number), limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) =>
      this.reader.postings(tx, supplierId, page),
    );
    return toConnection(rows, limit, { node: toPosting, key: (row) => [String(row.number)] });
  }

  @FieldResolver(() => Statement)
  async statement(
    @Ctx() context: RequestContext,
    @Root() { supplierId }: Account,
    @Arg("month", () => String, { description: "YYYY-MM" }) month: string,
  ): Promise<Statement> {
    return this.transact(scopeOf(principalOf(context)), (tx) => this.reader.statement(tx, supplierId, month));
  }
}
