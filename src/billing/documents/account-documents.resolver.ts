import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import { Account, Posting } from "../../account/ledger/account.types";
import type { Transact } from "../../platform/database";
import { Cents } from "../../platform/graphql/scalars";
import type { BankTransfersService } from "./bank-transfers.service";
import type { DocumentBook } from "./document-book.service";

/** What documents add to a supplier's account. */
@Resolver(() => Account)
export class OpenAmountResolver {
  constructor(
    private readonly transact: Transact,
    private readonly documents: DocumentBook,
  ) {}

  @FieldResolver(() => Cents, { description: "What is to be paid on your invoices now, VAT included." })
  openInclVatCents(@Ctx() context: RequestContext, @Root() { supplierId }: Account): Promise<number> {
    return this.transact(scopeOf(principalOf(context)), (tx) =>
      this.documents.openInclVatCents(tx, supplierId),
    );
  }
}

const referencesKey = Symbol("bank references by transfer");

/** What bank transfers add to a posting. */
@Resolver(() => Posting)
export class BankReferenceResolver {
  constructor(
    private readonly transact: Transact,
    private readonly transfers: BankTransfersService,
  ) {}

  @FieldResolver(() => String, { nullable: true, description: "The bank's reference of the transfer." })
  async bankReference(
    @Ctx() context: RequestContext,
    @Root() { causeKind, causeId }: Posting,
  ): Promise<string | null> {
    return causeKind === "BANK_TRANSFER" ? this.loader(context).load(causeId) : null;
  }

  /** One query for all postings of a page. */
  private loader(context: RequestContext): DataLoader<string, string | null> {
    const scope = scopeOf(principalOf(context));
    return remembered(
      context,
      referencesKey,
      () => new DataLoader((ids) => this.transact(scope, (tx) => this.transfers.references(tx, ids))),
    );
  }
}
