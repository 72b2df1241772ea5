import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../access/identity";
import { AccountNotice } from "../../account/feed/feed.types";
import type { DocumentsById } from "../documents";
import { loadDocument } from "../documents/document-loader.types";
import { BillingDocument } from "../documents/document.types";

/** Adds the overdue invoice to a notice, because the feed knows nothing of documents. */
@Resolver(() => AccountNotice)
export class NoticeDocumentResolver {
  constructor(private readonly documentsById: DocumentsById) {}

  @FieldResolver(() => BillingDocument, {
    nullable: true,
    description:
      "The invoice that is overdue; null for other notices, and for access limited to sites or campaigns.",
  })
  async document(
    @Ctx() context: RequestContext,
    @Root() { documentId }: AccountNotice,
  ): Promise<BillingDocument | null> {
    return documentId === null ? null : loadDocument(context, this.documentsById, documentId);
  }
}
