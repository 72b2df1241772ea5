import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import { Account, Posting } from "../../account/ledger/account.types";
import type { Transact } from "../../platform/database";
import { Cents } from "../../platform/graphql/scalars";
import type { BankTransfersService } from "./bank-transfers.service";
import type { DocumentBook } from "./document-book.service";

/** Adds the amount to pay on documents to a supplier's account. */
@Resolver(() => Account)
export class OpenAmountResolver {
  constructor(
    private readonly transact: Transact,
    private readonly documents: DocumentBook,
  ) {}

  @FieldResolver(() => Cents, { description: "What is outstanding on your invoices, including VAT." })
  openInclVatCents(@Ctx() context: RequestContext, @Root() { supplierId }: Account): Promise<number> {
    return this.transact(scopeOf(principalOf(context)), (tx) =>
      this.documents.openInclVatCents(tx, supplierId),
    );
  }
}

const referencesKey = Symbol("bank references by transfer");

/** Adds the bank's reference to the posting of a bank transfer. */
@Resolver(() => Posting)
export class BankReferenceResolver {
  constructor(
    private readonly transact: Transact,
    private readonly transfers: BankTransfersService,
  ) {}

  @FieldResolver(() => String, {
    nullable: true,
    description: "The bank's reference; null unless the posting comes from a bank transfer.",
  })
  async bankReference(
    @Ctx() context: RequestContext,
    @Root() { causeKind, causeId }: Posting,
  ): Promise<string | null> {
    return causeKind === "BANK_TRANSFER" ? this.loader(context).load(causeId) : null;
  }

  /** Loads the references for all postings of a page with one query. */
  private loader(context: RequestContext): DataLoader<string, string | null> {
    const scope = scopeOf(principalOf(context));
    return remembered(
      context,
      referencesKey,
      () => new DataLoader((ids) => this.transact(scope, (tx) => this.transfers.references(tx, ids))),
    );
  }
}
