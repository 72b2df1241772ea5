import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { isStaff, principalOf, scopeOf, wholeSupplierOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import { spanOfMonth } from "../../shared/accounting-month";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { ciiOf } from "./cii";
import { statementText, type StatementAs as Format } from "./lead-statement";
import type { DocumentBook } from "./document-book.service";
import type { DocumentView } from "./document-view";
import {
  BilledLeadConnection,
  BillingDocument,
  BillingDocumentConnection,
  StatementAs,
  toBilledLead,
  toDocument,
  type BilledLead,
} from "./document.types";

@Resolver(() => BillingDocument)
export class DocumentResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: DocumentBook,
    private readonly facturX: (document: DocumentView["document"]) => Promise<Uint8Array>,
  ) {}

  @Query(() => BillingDocumentConnection, {
    description: "Your documents, newest first. FINANCE and ADMIN see those of one supplier, or of all.",
  })
  async billingDocuments(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID, { nullable: true, description: "Only for FINANCE and ADMIN." })
    supplier: string | null,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<Connection<BillingDocument>> {
    const supplierId = supplier ?? null;
    if (supplierId !== null && !isId(supplierId)) throw notFound("supplier");
    const limit = pageSize(first);
    const [issuedAt = "", id = ""] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
    const page = { supplierId, after: id === "" ? null : { issuedAt, id }, limit: limit + 1 };
    const rows = await this.transact(scopeFor(context), (tx) => this.book.page(tx, page));
    return toConnection(rows, limit, {
      node: toDocument,
      key: ({ issuedAt: at, id: last }) => [at.toISOString(), last],
    });
  }

  @Query(() => BillingDocument, {
    description: "One document. NOT_FOUND unless it is yours or you are FINANCE or ADMIN.",
  })
  async billingDocument(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
  ): Promise<BillingDocument> {
    return toDocument(await this.transact(scopeFor(context), (tx) => this.book.one(tx, id)));
  }

  @Query(() => String, {
    description:
      "Statement of a month, lead by lead, with the document that bills each. Yours, or a supplier's for FINANCE and ADMIN.",
  })
  async leadStatement(
    @Ctx() context: RequestContext,
    @Arg("month", () => String, { description: "YYYY-MM, Paris time." }) month: string,
    @Arg("as", () => StatementAs) as: Format,
    @Arg("supplier", () => ID, { nullable: true, description: "Only for FINANCE and ADMIN." })
    supplier: string | null,
  ): Promise<string> {
    const scope = scopeFor(context);
    const supplierId = scope.role === "supplier" ? scope.supplierId : (supplier ?? "");
    if (!isId(supplierId)) throw notFound("supplier");
    const span = { supplierId, ...spanOfMonth(month) };
    return statementText(await this.transact(scope, (tx) => this.book.statement(tx, span)), as);
  }

  /**
   * A query rather than a field of the document, because rendering a hundred PDFs in one response would block
   * the process for other requests.
   */
  @Query(() => String, {
    description:
      "The document as Factur-X in base64: a PDF/A-3 with the XML embedded. NOT_FOUND unless it is yours or you are FINANCE or ADMIN.",
  })
  async billingDocumentPdf(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<string> {
    const { document } = await this.transact(scopeFor(context), (tx) => this.book.one(tx, id));
    return Buffer.from(await this.facturX(document)).toString("base64");
  }

  @FieldResolver(() => String, {
    description: "The document as XML: EN 16931 in CII syntax, following the French rules.",
  })
  xml(@Root() { view }: BillingDocument): string {
    return ciiOf(view.document);
  }

  @FieldResolver(() => BilledLeadConnection, {
    description: "The leads charged or credited on the document, oldest first.",
  })
  async leads(
    @Ctx() context: RequestContext,
    @Root() { id }: BillingDocument,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<Connection<BilledLead>> {
    const limit = pageSize(first);
    const [number = "0"] = readKey(after, [keyShape.number]) ?? [];
    const page = { after: Number(number), limit: limit + 1 };
    const rows = await this.transact(scopeFor(context), (tx) => this.book.leads(tx, id, page));
    return toConnection(rows, limit, { node: toBilledLead, key: (row) => [String(row.number)] });
  }
}

const scopeFor = (context: RequestContext) =>
  isStaff(principalOf(context).role) ? scopeOf(principalOf(context)) : wholeSupplierOf(context);
