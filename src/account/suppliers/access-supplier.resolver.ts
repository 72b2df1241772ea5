/** Adds the supplier to members and API keys, and the sites to limits. */
import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import { ApiKey, Member } from "../../access/identity/access.types";
import { Limits } from "../../access/identity/viewer.types";
import type { Transact } from "../../platform/database";
import type { SupplierBook } from "./supplier-book.service";
import { findSupplier } from "./supplier-loader.types";
import type { SiteView, SuppliersById } from "./supplier-view";
import { Site, Supplier, toSite } from "./supplier.types";

@Resolver(() => Member)
export class MemberSupplierResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, {
    nullable: true,
    description: "The supplier the member works for; null for staff.",
  })
  async supplier(@Ctx() context: RequestContext, @Root() { supplierId }: Member): Promise<Supplier | null> {
    return supplierId === null ? null : findSupplier(context, this.suppliersById, supplierId);
  }
}

@Resolver(() => ApiKey)
export class KeySupplierResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, {
    nullable: true,
    description: "The supplier that uses the key; null for form sites, for staff and for a SANDBOX key.",
  })
  async supplier(@Ctx() context: RequestContext, @Root() { supplierId }: ApiKey): Promise<Supplier | null> {
    return supplierId === null ? null : findSupplier(context, this.suppliersById, supplierId);
  }
}

const sitesKey = Symbol("sites by id");

@Resolver(() => Limits)
export class LimitSitesResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: SupplierBook,
  ) {}

  @FieldResolver(() => [Site], {
    name: "sites",
    description: "The sites of `siteIds`, in the same order.",
  })
  async sitesOf(@Ctx() context: RequestContext, @Root() { sites }: Limits): Promise<Site[]> {
    const scope = scopeOf(principalOf(context));
    const loader = remembered(
      context,
      sitesKey,
      () =>
        new DataLoader<string, SiteView | null>((ids) =>
          this.transact(scope, async (tx) => {
            const found = await this.book.sitesByIds(tx, ids);
            return ids.map((id) => found.get(id) ?? null);
          }),
        ),
    );
    const found = await Promise.all(sites.map((id) => loader.load(id)));
    return found.flatMap((site) => (site ? [toSite(site)] : []));
  }
}
