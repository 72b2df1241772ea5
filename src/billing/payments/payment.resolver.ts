import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { isStaff, liveOnly, principalOf, wholeSupplierOf, type RequestContext } from "../../access/identity";
import { pageSize } from "../../platform/graphql/connection";
import { Cents } from "../../platform/graphql/scalars";
import { AppError } from "../../shared/errors";
import type { MethodKind } from "./collector";
import { Payment, PaymentMethodKind, PaymentRefund, TopUpRuleInput } from "./payment.types";
import type { RefundsService } from "./refunds.service";
import type { SupplierPayments } from "./supplier-payments.service";

@Resolver(() => Payment)
export class PaymentResolver {
  /** `stripe` is null when Stripe is not configured. */
  constructor(
    private readonly stripe: { supplierPayments: SupplierPayments; refunds: RefundsService } | null,
  ) {}

  @Query(() => [Payment], {
    name: "payments",
    description: "Your payments, newest first. FINANCE and ADMIN see those of one supplier, or of all.",
  })
  async list(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID, { nullable: true, description: "Only for FINANCE and ADMIN." })
    supplier: string | null,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
  ): Promise<Payment[]> {
    const by = principalOf(context);
    const of = isStaff(by.role) ? (supplier ?? null) : wholeSupplierOf(context).supplierId;
    return this.payments().list(by, of, pageSize(first));
  }

  @Mutation(() => String, {
    description:
      "Returns the client secret of a Stripe setup. Pass it to Stripe's form in the browser, which collects the card or mandate.",
  })
  async setUpPayment(
    @Ctx() context: RequestContext,
    @Arg("kind", () => PaymentMethodKind) kind: MethodKind,
  ): Promise<string> {
    liveOnly(context);
    return this.payments().setUp(principalOf(context), wholeSupplierOf(context).supplierId, kind);
  }

  @Mutation(() => Payment, {
    description: "Pays in by the stored card or mandate. The balance increases by the amount less VAT.",
  })
  async topUp(
    @Ctx() context: RequestContext,
    @Arg("amountInclVatCents", () => Cents) amountInclVatCents: number,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<Payment> {
    liveOnly(context);
    const { supplierId } = wholeSupplierOf(context);
    return this.payments().topUp(principalOf(context), { supplierId, amountInclVatCents }, key ?? null);
  }

  @Mutation(() => Boolean, {
    description: "Sets the rule for automatic top-ups; without a rule they are switched off.",
  })
  async setAutomaticTopUp(
    @Ctx() context: RequestContext,
    @Arg("rule", () => TopUpRuleInput, { nullable: true }) rule: TopUpRuleInput | null,
  ): Promise<boolean> {
    liveOnly(context);
    await this.payments().setTopUp(principalOf(context), wholeSupplierOf(context).supplierId, rule ?? null);
    return true;
  }

  @Mutation(() => Payment, {
    description: "Collects the outstanding amount of an invoice by the supplier's card or mandate.",
  })
  async collectInvoice(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<Payment> {
    return this.payments().collect(principalOf(context), id, key ?? null);
  }

  @Mutation(() => [PaymentRefund], {
    description:
      "Refunds unspent money to the card or account it was paid from, with a credit note. A refund that fails returns to the balance.",
  })
  async refundPayments(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID) supplierId: string,
    @Arg("netCents", () => Cents, {
      nullable: true,
      description: "Excluding VAT; defaults to everything that is not spent.",
    })
    netCents: number | null,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<PaymentRefund[]> {
    const wanted = { supplierId, netCents: netCents ?? null };
    return this.open().refunds.start(principalOf(context), wanted, key ?? null);
  }

  private payments(): SupplierPayments {
    return this.open().supplierPayments;
  }

  private open(): { supplierPayments: SupplierPayments; refunds: RefundsService } {
    if (this.stripe) return this.stripe;
    throw new AppError(
      "CONFLICT",
      "Payments by card and debit are not set up on this server. Pay by bank transfer.",
    );
  }
}
