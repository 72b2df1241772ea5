import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { scopeOf, type Principal, type RequestContext } from "../../access/identity";
import type { AccountReader } from "../ledger";
import { Account, toAccount } from "../ledger/account.types";
import type { Transact } from "../../platform/database";
import { Supplier } from "./supplier.types";

@Resolver(() => Supplier)
export class SupplierAccountResolver {
  constructor(
    private readonly transact: Transact,
    private readonly reader: AccountReader,
  ) {}

  @FieldResolver(() => Account, {
    nullable: true,
    description:
      "Visible to FINANCE, ADMIN and the supplier itself, except when its access is limited to sites or campaigns; null for everybody else.",
  })
  async account(@Ctx() { principal }: RequestContext, @Root() { id }: Supplier): Promise<Account | null> {
    if (!principal || !maySeeAccount(principal, id)) return null;
    return toAccount(await this.transact(scopeOf(principal), (tx) => this.reader.account(tx, id)));
  }
}

const maySeeAccount = ({ role, supplierId, limits }: Principal, id: string): boolean =>
  role === "FINANCE" || role === "ADMIN" || (supplierId === id && limits === null);
