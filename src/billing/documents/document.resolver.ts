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
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { DocumentBook } from "./document-book.service";
import {
  BilledLeadConnection,
  BillingDocument,
  BillingDocumentConnection,
  toBilledLead,
  toDocument,
  type BilledLead,
} from "./document.types";

@Resolver(() => BillingDocument)
export class DocumentResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: DocumentBook,
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
