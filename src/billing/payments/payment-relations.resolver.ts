/** The objects beside the ids of payments and refunds, and the top-up rule on the account. */
import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import { Account } from "../../account/ledger/account.types";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import type { Transact } from "../../platform/database";
import type { DocumentsById } from "../documents";
import { loadDocument } from "../documents/document-loader.types";
import { BillingDocument } from "../documents/document.types";
import type { PaymentBook } from "./payment-book.service";
import type { PaymentView } from "./payment-view";
import { Payment, PaymentRefund, TopUpRule } from "./payment.types";
import type { TopUpRules } from "./top-up-rules.service";

export interface PaymentRelations {
  readonly transact: Transact;
  readonly book: PaymentBook;
  readonly suppliersById: SuppliersById;
  readonly documentsById: DocumentsById;
}

@Resolver(() => Payment)
export class PaymentRelationsResolver {
  constructor(private readonly deps: PaymentRelations) {}

  @FieldResolver(() => Supplier, { description: "The supplier that pays." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: Payment): Promise<Supplier> {
    return loadSupplier(context, this.deps.suppliersById, supplierId);
  }

  @FieldResolver(() => BillingDocument, {
    nullable: true,
    description: "The invoice it pays; null for a top-up.",
  })
  async document(
    @Ctx() context: RequestContext,
    @Root() { documentId }: Payment,
  ): Promise<BillingDocument | null> {
    return documentId === null ? null : loadDocument(context, this.deps.documentsById, documentId);
  }
}

const paymentsKey = Symbol("payments by id");

@Resolver(() => PaymentRefund)
export class RefundRelationsResolver {
  constructor(private readonly deps: PaymentRelations) {}

  @FieldResolver(() => Payment, {
    nullable: true,
    description: "The payment that is refunded; null only if you may not see it.",
  })
  payment(@Ctx() context: RequestContext, @Root() { paymentId }: PaymentRefund): Promise<Payment | null> {
    return remembered(context, paymentsKey, () => this.loader(context)).load(paymentId);
  }

  @FieldResolver(() => BillingDocument, {
    nullable: true,
    description: "The credit note; null only if you may not see it.",
  })
  document(
    @Ctx() context: RequestContext,
    @Root() { documentId }: PaymentRefund,
  ): Promise<BillingDocument | null> {
    return loadDocument(context, this.deps.documentsById, documentId);
  }

  private loader(context: RequestContext): DataLoader<string, PaymentView | null> {
    const { transact, book } = this.deps;
    const scope = scopeOf(principalOf(context));
    return new DataLoader(async (ids) => {
      const found = await transact(scope, (tx) => book.byIds(tx, ids));
      return ids.map((id) => found.get(id) ?? null);
    });
  }
}

@Resolver(() => Account)
export class AutomaticTopUpResolver {
  constructor(private readonly deps: { readonly transact: Transact; readonly rules: TopUpRules }) {}

  @FieldResolver(() => TopUpRule, {
    nullable: true,
    description: "The rule for automatic top-ups (`setAutomaticTopUp`); null when they are off.",
  })
  automaticTopUp(@Ctx() context: RequestContext, @Root() { supplierId }: Account): Promise<TopUpRule | null> {
    const { transact, rules } = this.deps;
    return transact(scopeOf(principalOf(context)), (tx) => rules.of(tx, supplierId));
  }
}
