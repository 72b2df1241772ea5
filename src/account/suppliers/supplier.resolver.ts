import DataLoader from "dataloader";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import { After, First, OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import type { Transact } from "../../platform/database";
import type { SupplierBook } from "./supplier-book.service";
import {
  CreateSiteInput,
  CreateSupplierInput,
  Site,
  Supplier,
  SupplierConnection,
  SupplierFilter,
  toSite,
  toSupplier,
} from "./supplier.types";
import { checkFilter } from "./supplier-filter";
import type { SuppliersService } from "./suppliers.service";

const sitesInMemory = Symbol("sites of suppliers");

@Resolver(() => Supplier)
export class SupplierResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: SupplierBook,
    private readonly suppliersService: SuppliersService,
  ) {}

  @Query(() => SupplierConnection, { description: "Suppliers, newest first, without sandboxes." })
  async suppliers(
    @Ctx() context: RequestContext,
    @First() first: number | null,
    @After() after: string | null,
    @Arg("filter", () => SupplierFilter, { nullable: true, description: "All suppliers without it." })
    filter: SupplierFilter | null,
  ): Promise<Connection<Supplier>> {
    const limit = pageSize(first);
    const [createdAt, id] = readKey(after, [keyShape.time, keyShape.id]) ?? [];
    const from = createdAt && id ? { createdAt, id } : null;
    const page = { filter: checkFilter(filter ?? {}), after: from, limit: limit + 1 };
    const rows = await this.transact(scopeOf(principalOf(context)), (tx) => this.book.page(tx, page));
    return toConnection(rows, limit, {
      node: toSupplier,
      key: (row) => [row.createdAt.toISOString(), row.id],
    });
  }

  @Query(() => Supplier, { description: "One supplier. NOT_FOUND for an unknown id and for a sandbox." })
  async supplier(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The supplier." }) id: string,
  ): Promise<Supplier> {
    return toSupplier(await this.transact(scopeOf(principalOf(context)), (tx) => this.book.one(tx, id)));
  }

  @Mutation(() => Supplier, {
    description:
      "Creates a supplier, which is one legal entity, with an account whose balance is 0. CONFLICT with the reason ALREADY_EXISTS for a SIREN that is known.",
  })
  async createSupplier(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateSupplierInput, {
      description: "The supplier. All its faults are reported at once.",
    })
    input: CreateSupplierInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<Supplier> {
    return toSupplier(await this.suppliersService.create(principalOf(context), input, key));
  }

  @Mutation(() => Site, {
    description:
      "Creates a place where a supplier works. CONFLICT with the reason ALREADY_EXISTS for a SIRET that is known.",
  })
  async createSite(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateSiteInput, { description: "The site. All its faults are reported at once." })
    input: CreateSiteInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<Site> {
    return toSite(await this.suppliersService.createSite(principalOf(context), input, key));
  }

  @FieldResolver(() => [Site], {
    description: "The places where it works that you may see, ordered by name.",
  })
  async sites(@Ctx() context: RequestContext, @Root() supplier: Supplier): Promise<Site[]> {
    const loader = remembered(context, sitesInMemory, () => this.sitesLoader(context));
    return (await loader.load(supplier.id)).map(toSite);
  }

  private sitesLoader(context: RequestContext): DataLoader<string, Parameters<typeof toSite>[0][]> {
    const scope = scopeOf(principalOf(context));
    return new DataLoader((ids) => this.transact(scope, (tx) => this.book.sitesOf(tx, ids)));
  }
}
