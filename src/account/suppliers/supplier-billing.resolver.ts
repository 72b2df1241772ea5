import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import { principalOf, scopeOf, type Principal, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { IfVersion } from "../../platform/graphql/arguments";
import type { AccountReader } from "../ledger";
import { Account, toAccount } from "../ledger/account.types";
import type { ProfilesService } from "./profiles.service";
import type { SupplierBilling } from "./supplier-billing.service";
import { BillingInput, BillingProfile, UpdateBillingProfileInput } from "./supplier-billing.types";
import { Supplier } from "./supplier.types";

export interface SupplierBillingReads {
  readonly transact: Transact;
  readonly reader: AccountReader;
  readonly profiles: ProfilesService;
}

const visibility =
  "Visible to FINANCE, ADMIN and the supplier itself, except when its access is limited to sites or campaigns; null for everybody else.";

/** How a supplier is billed: its account, its terms and its billing profile. */
@Resolver(() => Supplier)
export class SupplierBillingResolver {
  constructor(
    private readonly service: SupplierBilling,
    private readonly reads: SupplierBillingReads,
  ) {}

  @Mutation(() => Account, {
    description:
      "Sets the billing mode and the credit limit of a supplier. CONFLICT if the mode changes while the balance is not 0.",
  })
  async setBilling(
    @Ctx() context: RequestContext,
    @Arg("input", () => BillingInput, { description: "What changes. All its faults are reported at once." })
    { supplierId, ...update }: BillingInput,
  ): Promise<Account> {
    return toAccount(await this.service.setTerms(principalOf(context), supplierId, update));
  }

  @Mutation(() => BillingProfile, {
    description:
      "Changes the billing profile of a supplier, or sets it for the first time. CONFLICT if that changes the VAT treatment while the balance is not 0.",
  })
  async updateBillingProfile(
    @Ctx() context: RequestContext,
    @Arg("supplierId", () => ID, { description: "The supplier." }) supplierId: string,
    @Arg("input", () => UpdateBillingProfileInput, {
      description: "What changes. All its faults are reported at once.",
    })
    update: UpdateBillingProfileInput,
    @IfVersion() ifVersion: number | null,
  ): Promise<BillingProfile> {
    return this.service.updateProfile(principalOf(context), { supplierId, update, ifVersion });
  }

  @FieldResolver(() => Account, { nullable: true, description: `Its account. ${visibility}` })
  async account(@Ctx() { principal }: RequestContext, @Root() { id }: Supplier): Promise<Account | null> {
    if (!principal || !maySee(principal, id)) return null;
    const { transact, reader } = this.reads;
    return toAccount(await transact(scopeOf(principal), (tx) => reader.account(tx, id)));
  }

  @FieldResolver(() => BillingProfile, {
    nullable: true,
    description: `The address on its documents; null until it is set. ${visibility}`,
  })
  async billingProfile(
    @Ctx() { principal }: RequestContext,
    @Root() { id }: Supplier,
  ): Promise<BillingProfile | null> {
    if (!principal || !maySee(principal, id)) return null;
    const { transact, profiles } = this.reads;
    return transact(scopeOf(principal), (tx) => profiles.stored(tx, id));
  }
}

const maySee = ({ role, supplierId, limits }: Principal, id: string): boolean =>
  role === "FINANCE" || role === "ADMIN" || (supplierId === id && limits === null);
