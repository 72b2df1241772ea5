import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { isStaff, principalOf, scopeOf, wholeSupplierOf, type RequestContext } from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import type { Transact } from "../../platform/database";
import { After, First } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { isId } from "../../shared/months";
import type { DocumentBook } from "./document-book.service";
import {
  BilledLeadConnection,
  BillingDocument,
  toBilledLead,
  toDocument,
  type BilledLead,
} from "./document.types";

export interface DocumentResolverDeps {
  readonly transact: Transact;
  readonly documents: DocumentBook;
  readonly suppliersById: SuppliersById;
}

/** The list of documents is in dispatch, because it can be filtered by what became of their sending. */
@Resolver(() => BillingDocument)
export class DocumentResolver {
  constructor(private readonly deps: DocumentResolverDeps) {}

  @Query(() => BillingDocument, {
    nullable: true,
    description: "One document; null when there is none with this id, or when it is not yours.",
  })
  async billingDocument(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the document." }) id: string,
  ): Promise<BillingDocument | null> {
    const { transact, documents } = this.deps;
    const scope = scopeFor(context);
    if (!isId(id)) return null;
    const view = (await transact(scope, (tx) => documents.byIds(tx, [id]))).get(id);
    return view ? toDocument(view) : null;
  }

  @FieldResolver(() => Supplier, { description: "The supplier that the document bills or credits." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: BillingDocument): Promise<Supplier> {
    return loadSupplier(context, this.deps.suppliersById, supplierId);
  }

  @FieldResolver(() => BilledLeadConnection, {
    description: "The leads charged or credited on the document, oldest first.",
  })
  async leads(
    @Ctx() context: RequestContext,
    @Root() { id }: BillingDocument,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<BilledLead>> {
    const { transact, documents } = this.deps;
    const limit = pageSize(first);
    const [number = "0"] = readKey(after, [keyShape.number]) ?? [];
    const page = { after: Number(number), limit: limit + 1 };
    const rows = await transact(scopeFor(context), (tx) => documents.leads(tx, id, page));
    return toConnection(rows, limit, { node: toBilledLead, key: (row) => [String(row.number)] });
  }
}

const scopeFor = (context: RequestContext) =>
  isStaff(principalOf(context).role) ? scopeOf(principalOf(context)) : wholeSupplierOf(context);
