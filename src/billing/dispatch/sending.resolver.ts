import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { DocumentBook } from "../documents";
import { BillingDocument, toDocument } from "../documents/document.types";
import type { Transact } from "../../platform/database";
import type { SendingBook } from "./sending-book.service";
import type { SendingService } from "./sending.service";
import { Sending } from "./sending.types";

const inMemory = Symbol("sendings of documents");

@Resolver(() => BillingDocument)
export class SendingResolver {
  constructor(
    private readonly transact: Transact,
    private readonly deps: { service: SendingService; book: SendingBook; documents: DocumentBook },
  ) {}

  @FieldResolver(() => [Sending], { description: "Mails with which the document was sent, newest first." })
  async sendings(@Ctx() context: RequestContext, @Root() { id }: BillingDocument): Promise<Sending[]> {
    return remembered(context, inMemory, () => this.loader(context)).load(id);
  }

  @Mutation(() => BillingDocument, {
    description:
      "Sends a document by mail as Factur-X, to the address of the billing profile or, this time only, to another one. CONFLICT without an address or a mail server.",
  })
  async sendDocument(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("to", () => String, { nullable: true }) to: string | null,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<BillingDocument> {
    const by = principalOf(context);
    await this.deps.service.ask(by, { documentId: id, to: to ?? null }, key ?? null);
    return toDocument(await this.transact(scopeOf(by), (tx) => this.deps.documents.one(tx, id)));
  }

  private loader(context: RequestContext): DataLoader<string, Sending[]> {
    const scope = scopeOf(principalOf(context));
    return new DataLoader(async (ids) => {
      const found = await this.transact(scope, (tx) => this.deps.book.of(tx, ids));
      return ids.map((id) => found.filter(({ documentId }) => documentId === id));
    });
  }
}
