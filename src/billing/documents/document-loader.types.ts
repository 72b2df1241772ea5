/** Loads the documents that the objects of one answer refer to, all with one query and in the caller's role. */
import DataLoader from "dataloader";
import { principalOf, remembered, type RequestContext } from "../../access/identity";
import type { DocumentsById, DocumentView } from "./document-view";
import { toDocument, type BillingDocument } from "./document.types";

const loaderKey = Symbol("documents by id");

/** For the field `document` beside a `documentId`. Null when the caller may not see the document. */
export async function loadDocument(
  context: RequestContext,
  documentsById: DocumentsById,
  id: string,
): Promise<BillingDocument | null> {
  const view = await remembered(context, loaderKey, () => loaderOf(context, documentsById)).load(id);
  return view && toDocument(view);
}

function loaderOf(
  context: RequestContext,
  documentsById: DocumentsById,
): DataLoader<string, DocumentView | null> {
  const by = principalOf(context);
  return new DataLoader(async (ids) => {
    const found = await documentsById(by, ids);
    return ids.map((id) => found.get(id) ?? null);
  });
}
