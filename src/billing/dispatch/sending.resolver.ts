import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { DocumentBook } from "../documents";
import { BillingDocument, toDocument } from "../documents/document.types";
import { IdempotencyKey } from "../../platform/graphql/arguments";
import type { Transact } from "../../platform/database";
import type { SendingBook } from "./sending-book.service";
import type { SendingService } from "./sending.service";
import { DocumentSending, toSending } from "./sending.types";

const inMemory = Symbol("sendings of documents");

@Resolver(() => BillingDocument)
export class SendingResolver {
  constructor(
    private readonly transact: Transact,
    private readonly deps: { service: SendingService; book: SendingBook; documents: DocumentBook },
  ) {}

  @FieldResolver(() => [DocumentSending], {
    description: "Mails with which the document was sent, newest first; empty if none.",
  })
  async sendings(
    @Ctx() context: RequestContext,
    @Root() { id }: BillingDocument,
  ): Promise<DocumentSending[]> {
    return remembered(context, inMemory, () => this.loader(context)).load(id);
  }

  @Mutation(() => BillingDocument, {
    description:
      "Sends a document by mail as Factur-X, to the address of the billing profile or, this time only, to another one. CONFLICT without an address (NO_ADDRESS) and while it is being sent (SENDING_IN_PROGRESS); UNAVAILABLE with NOT_CONFIGURED without a mail server.",
  })
  async sendDocument(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the document." }) id: string,
    @Arg("to", () => String, {
      nullable: true,
      description: "An e-mail address. Without it, the address of the supplier's billing profile.",
    })
    to: string | null,
    @IdempotencyKey() key: string,
  ): Promise<BillingDocument> {
    const by = principalOf(context);
    await this.deps.service.ask(by, { documentId: id, to: to ?? null }, key);
    return toDocument(await this.transact(scopeOf(by), (tx) => this.deps.documents.one(tx, id)));
  }

  private loader(context: RequestContext): DataLoader<string, DocumentSending[]> {
    const scope = scopeOf(principalOf(context));
    return new DataLoader(async (ids) => {
      const found = await this.transact(scope, (tx) => this.deps.book.of(tx, ids));
      return ids.map((id) => found.filter(({ documentId }) => documentId === id).map(toSending));
    });
  }
}
