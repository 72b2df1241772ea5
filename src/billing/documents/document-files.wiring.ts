/** Builds the files of documents: their fields in the API and their downloads. */
import type { SupplierBook } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { DocumentFiles } from "./document-files.service";
import { DocumentFilesResolver } from "./document-files.resolver";
import type { DocumentsServices } from "./documents.wiring";

export interface DocumentFilesDeps {
  readonly suppliers: SupplierBook;
}

export function buildDocumentFiles(
  { transact, publicUrl }: Foundation,
  { suppliers }: DocumentFilesDeps,
  { documents, facturX }: Pick<DocumentsServices, "documents" | "facturX">,
): Module<Record<string, never>> {
  const files = new DocumentFiles({ transact, documents, suppliers, facturX });
  return {
    services: {},
    resolvers: [new DocumentFilesResolver(files, publicUrl)],
    fileKinds: files.kinds(),
  };
}
