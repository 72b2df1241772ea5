import { FieldResolver, Resolver, Root } from "type-graphql";
import { Viewer } from "../../access/identity/viewer.types";
import type { Transact } from "../../platform/database";
import type { SupplierBook } from "./supplier-book.service";
import { Supplier, toSupplier } from "./supplier.types";

/** Adds the supplier to Viewer. */
@Resolver(() => Viewer)
export class ViewerResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: SupplierBook,
  ) {}

  @FieldResolver(() => Supplier, {
    nullable: true,
    description: "Your supplier; null for staff, forms and persons.",
  })
  async supplier(@Root() { scope }: Viewer): Promise<Supplier | null> {
    if (scope === null) return null;
    // Uses the viewer's scope instead of the request's, because the request that signs in has no principal yet.
    return toSupplier(await this.transact(scope, (tx) => this.book.one(tx, scope.supplierId)));
  }
}
