import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import {
  isStaff,
  liveOnly,
  principalOf,
  scopeOf,
  wholeSupplierOf,
  type RequestContext,
} from "../../access/identity";
import type { AccountReader } from "../../account/ledger";
import { Account, toAccount } from "../../account/ledger/account.types";
import { After, First, IdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cents } from "../../platform/graphql/scalars";
import type { Transact } from "../../platform/database";
import { notConfigured, notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { MethodKind } from "./collector";
import {
  Payment,
  PaymentConnection,
  PaymentFilter,
  PaymentMethodKind,
  RefundPaymentsPayload,
  SetUpPaymentPayload,
  UpdateAutomaticTopUpInput,
} from "./payment.types";
import type { PaymentPage } from "./payment-view";
import type { RefundsService } from "./refunds.service";
import type { SupplierPayments } from "./supplier-payments.service";

export interface PaymentResolverDeps {
  readonly transact: Transact;
  readonly reader: AccountReader;
  /** Null when Stripe is not configured. */
  readonly stripe: StripeOperations | null;
}

interface StripeOperations {
  readonly supplierPayments: SupplierPayments;
  readonly refunds: RefundsService;
}

@Resolver(() => Payment)
export class PaymentResolver {
  constructor(private readonly deps: PaymentResolverDeps) {}

  @Query(() => PaymentConnection, {
    description:
      "Payments by card and debit, newest first: your own, or those of all suppliers for staff. Empty where Stripe is not set up.",
  })
  async payments(
    @Ctx() context: RequestContext,
    @Arg("filter", () => PaymentFilter, { nullable: true, description: "Which payments to list." })
    filter: PaymentFilter | null,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<Payment>> {
    const by = principalOf(context);
    if (!isStaff(by.role)) wholeSupplierOf(context);
    const limit = pageSize(first);
    const page = { ...wantedBy(filter), after: startOf(after), limit: limit + 1 };
    const rows = (await this.deps.stripe?.supplierPayments.page(by, page)) ?? [];
    return toConnection(rows, limit, {
      node: (row): Payment => row,
      key: (row) => [row.requestedAt.toISOString(), row.id],
    });
  }

  @Mutation(() => SetUpPaymentPayload, {
    description:
      "Begins to set up a card or mandate at Stripe. A repeated request returns the same set-up. UNAVAILABLE where Stripe is not set up (NOT_CONFIGURED) and when it does not answer (NO_ANSWER): then repeat the request with the same key.",
  })
  async setUpPayment(
    @Ctx() context: RequestContext,
    @Arg("kind", () => PaymentMethodKind, { description: "What is to be set up." }) kind: MethodKind,
    @IdempotencyKey() key: string,
  ): Promise<SetUpPaymentPayload> {
    liveOnly(context);
    const { supplierId } = wholeSupplierOf(context);
    const { supplierPayments } = this.stripe();
    return { clientSecret: await supplierPayments.setUp(principalOf(context), supplierId, { kind, key }) };
  }

  @Mutation(() => Payment, {
    description:
      "Pays in by the stored card or mandate. The balance increases by the amount less VAT. CONFLICT without a card or mandate (NO_PAYMENT_METHOD) and while another top-up is in progress (PAYMENT_IN_PROGRESS).",
  })
  async topUp(
    @Ctx() context: RequestContext,
    @Arg("amountInclVatCents", () => Cents, { description: "Including VAT: 1000 to 100000000 euro cents." })
    amountInclVatCents: number,
    @IdempotencyKey() key: string,
  ): Promise<Payment> {
    liveOnly(context);
    const { supplierId } = wholeSupplierOf(context);
    const { supplierPayments } = this.stripe();
    return supplierPayments.topUp(principalOf(context), { supplierId, amountInclVatCents }, key);
  }

  @Mutation(() => Account, {
    description:
      "Changes the rule for automatic top-ups. INVALID_INPUT when there is no rule yet and an amount is missing.",
  })
  async setAutomaticTopUp(
    @Ctx() context: RequestContext,
    @Arg("input", () => UpdateAutomaticTopUpInput, { description: "What to change." })
    { rule }: UpdateAutomaticTopUpInput,
  ): Promise<Account> {
    liveOnly(context);
    const scope = wholeSupplierOf(context);
    await this.stripe().supplierPayments.setTopUp(principalOf(context), scope.supplierId, rule);
    const { transact, reader } = this.deps;
    return toAccount(await transact(scope, (tx) => reader.account(tx, scope.supplierId)));
  }

  @Mutation(() => Payment, {
    description:
      "Collects the outstanding amount of an invoice by the supplier's card or mandate. CONFLICT when nothing is open on it (NOTHING_OPEN), without a card or mandate (NO_PAYMENT_METHOD), and while a payment of it is in progress (PAYMENT_IN_PROGRESS).",
  })
  async collectInvoice(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the invoice." }) id: string,
    @IdempotencyKey() key: string,
  ): Promise<Payment> {
    return this.stripe().supplierPayments.collect(principalOf(context), id, key);
  }

  @Mutation(() => RefundPaymentsPayload, {
    description:
      "Refunds unspent money to the card or account it was paid from, with a credit note. A refund that fails returns to the balance. CONFLICT when more is asked for than is unspent (MORE_THAN_UNSPENT).",
  })
  async refundPayments(
    @Ctx() context: RequestContext,
    @Arg("supplierId", () => ID, { description: "Id of the supplier that is refunded." }) supplierId: string,
    @Arg("netCents", () => Cents, {
      nullable: true,
      description: "Excluding VAT, which is refunded with it. Without it: everything that is not spent.",
    })
    netCents: number | null,
    @IdempotencyKey() key: string,
  ): Promise<RefundPaymentsPayload> {
    const by = principalOf(context);
    const refunds = await this.stripe().refunds.start(by, { supplierId, netCents: netCents ?? null }, key);
    const { transact, reader } = this.deps;
    const account = await transact(scopeOf(by), (tx) => reader.account(tx, supplierId));
    return { refunds, account: toAccount(account) };
  }

  private stripe(): StripeOperations {
    if (this.deps.stripe) return this.deps.stripe;
    throw notConfigured("Payments by card and debit are not set up on this server. Pay by bank transfer.");
  }
}

function wantedBy(filter: PaymentFilter | null): Pick<PaymentPage, "supplierId" | "status"> {
  const { supplierId = null, status = null } = filter ?? {};
  if (supplierId !== null && !isId(supplierId)) throw notFound("supplier");
  return { supplierId, status };
}

function startOf(after: string | null): PaymentPage["after"] {
  const [requestedAt = "", id = ""] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
  return id === "" ? null : { requestedAt, id };
}
