import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import type { Transact } from "../../platform/database";
import type { SupplierBook } from "./supplier-book.service";
import {
  CreateSiteInput,
  CreateSupplierInput,
  Site,
  Supplier,
  SupplierConnection,
  toSite,
  toSupplier,
} from "./supplier.types";
import type { SuppliersService } from "./suppliers.service";

const sitesInMemory = Symbol("sites of suppliers");

@Resolver(() => Supplier)
export class SupplierResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: SupplierBook,
    private readonly suppliersService: SuppliersService,
  ) {}

  @Query(() => SupplierConnection, { description: "All suppliers, newest first." })
  async suppliers(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<Connection<Supplier>> {
    const limit = pageSize(first);
    const [createdAt, id] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
    const page = { after: createdAt && id ? { createdAt, id } : null, limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) => this.book.page(tx, page));
    return toConnection(rows, limit, {
      node: toSupplier,
      key: (row) => [row.createdAt.toISOString(), row.id],
    });
  }

  @Query(() => Supplier)
  async supplier(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Supplier> {
    return toSupplier(await this.transact(scopeOf(principalOf(context)), (tx) => this.book.one(tx, id)));
  }

  @Mutation(() => Supplier, {
    description: "Creates a supplier, which is one legal entity, with an account whose balance is 0.",
  })
  async createSupplier(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateSupplierInput) input: CreateSupplierInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<Supplier> {
    return toSupplier(await this.suppliersService.create(principalOf(context), input, key));
  }

  @Mutation(() => Site)
  async createSite(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateSiteInput) input: CreateSiteInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<Site> {
    return toSite(await this.suppliersService.createSite(principalOf(context), input, key));
  }

  @FieldResolver(() => [Site])
  async sites(@Ctx() context: RequestContext, @Root() supplier: Supplier): Promise<Site[]> {
    const loader = remembered(context, sitesInMemory, () => this.sitesLoader(context));
    return (await loader.load(supplier.id)).map(toSite);
  }

  private sitesLoader(context: RequestContext): DataLoader<string, Parameters<typeof toSite>[0][]> {
    const scope = scopeOf(principalOf(context));
    return new DataLoader((ids) => this.transact(scope, (tx) => this.book.sitesOf(tx, ids)));
  }
}
