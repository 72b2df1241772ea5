/**
 * The files of billing documents: each as Factur-X and as XML, and the monthly statement of leads. A caller finds
 * what its scope shows; a part of a supplier, limited to some sites or campaigns, finds nothing.
 */
import { unlimited } from "../../access/identity";
import type { SupplierBook } from "../../account/suppliers";
import type { Scope, Transact } from "../../platform/database";
import type { DownloadableFile, FileDescription, FileKind } from "../../platform/downloads/file-kind";
import { spanOfMonth } from "../../shared/accounting-month";
import { notFound } from "../../shared/errors";
import { ciiOf } from "./cii";
import type { DocumentBook } from "./document-book.service";
import {
  fileKinds,
  pdfOf,
  readStatementKeys,
  statementOf,
  xmlOf,
  type StatementKeys,
} from "./document-files";
import type { DocumentView } from "./document-view";
import { statementText } from "./lead-statement";

export interface DocumentFilesDeps {
  readonly transact: Transact;
  readonly documents: DocumentBook;
  readonly suppliers: SupplierBook;
  readonly facturX: (document: DocumentView["document"]) => Promise<Uint8Array>;
}

const utf8 = async (text: string): Promise<Uint8Array> => Buffer.from(text);

export class DocumentFiles {
  constructor(private readonly deps: DocumentFilesDeps) {}

  kinds(): FileKind[] {
    const { facturX } = this.deps;
    return [
      this.ofDocument(fileKinds.pdf, pdfOf, facturX),
      this.ofDocument(fileKinds.xml, xmlOf, (document) => utf8(ciiOf(document))),
      {
        kind: fileKinds.statement,
        rootField: "leadStatement",
        find: async (scope, keys) => {
          const wanted = readStatementKeys(keys);
          if (!wanted) throw notFound("file");
          await this.checkStatement(scope, wanted.supplierId);
          return this.statement(scope, wanted);
        },
      },
    ];
  }

  /** Throws NOT_FOUND unless the scope shows the whole of this supplier. */
  async checkStatement(scope: Scope, supplierId: string): Promise<void> {
    // A supplier can also see its sandbox, which is another supplier.
    if (scope.role === "supplier" && scope.supplierId !== supplierId) throw notFound("supplier");
    await this.deps.transact(unlimited(scope), (tx) => this.deps.suppliers.one(tx, supplierId));
  }

  private ofDocument(
    kind: string,
    describe: (view: DocumentView) => FileDescription,
    make: (document: DocumentView["document"]) => Promise<Uint8Array>,
  ): FileKind {
    const { transact, documents } = this.deps;
    return {
      kind,
      rootField: "billingDocument",
      find: async (scope, [id = "", ...more]) => {
        if (more.length > 0) throw notFound("file");
        const view = await transact(unlimited(scope), (tx) => documents.one(tx, id));
        return { ...describe(view), supplierId: view.supplierId, content: () => make(view.document) };
      },
    };
  }

  private statement(scope: Scope, wanted: StatementKeys): DownloadableFile {
    const { transact, documents } = this.deps;
    const span = { supplierId: wanted.supplierId, ...spanOfMonth(wanted.month) };
    const rows = () => transact(scope, (tx) => documents.statement(tx, span));
    return {
      ...statementOf(wanted),
      supplierId: wanted.supplierId,
      content: async () => utf8(statementText(await rows(), wanted.as)),
    };
  }
}
