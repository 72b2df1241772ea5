import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { isStaff, principalOf, scopeOf, wholeSupplierOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { After, First } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { BillingDocumentConnection, toDocument, type BillingDocument } from "../documents/document.types";
import type { DocumentFilter, DocumentList, DocumentPage } from "./document-list.service";
import { BillingDocumentFilter } from "./document-list.types";

@Resolver()
export class DocumentListResolver {
  constructor(
    private readonly transact: Transact,
    private readonly list: DocumentList,
  ) {}

  @Query(() => BillingDocumentConnection, {
    description:
      "Invoices, credit notes and deposit invoices, newest first: your own, or those of all suppliers for staff.",
  })
  async billingDocuments(
    @Ctx() context: RequestContext,
    @Arg("filter", () => BillingDocumentFilter, { nullable: true, description: "Which documents to list." })
    filter: BillingDocumentFilter | null,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<BillingDocument>> {
    const by = principalOf(context);
    const scope = isStaff(by.role) ? scopeOf(by) : wholeSupplierOf(context);
    const limit = pageSize(first);
    const page = { filter: wantedBy(filter ?? {}), after: startOf(after), limit: limit + 1 };
    const rows = await this.transact(scope, (tx) => this.list.page(tx, page));
    return toConnection(rows, limit, {
      node: toDocument,
      key: ({ issuedAt, id }) => [issuedAt.toISOString(), id],
    });
  }
}

function wantedBy(filter: BillingDocumentFilter): DocumentFilter {
  const { kind = null, isOpen = null, month = null } = filter;
  const { transmissionStatus = null, needsAction = null } = filter;
  const supplierId = checkSupplier(filter.supplierId ?? null);
  return { supplierId, kind, isOpen, month, transmissionStatus, needsAction };
}

function checkSupplier(id: string | null): string | null {
  if (id === null || isId(id)) return id;
  throw notFound("supplier");
}

function startOf(after: string | null): DocumentPage["after"] {
  const [issuedAt = "", id = ""] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
  return id === "" ? null : { issuedAt, id };
}
