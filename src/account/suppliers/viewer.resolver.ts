import { FieldResolver, Resolver, Root } from "type-graphql";
import { Viewer } from "../../access/identity/access.types";
import type { Transact } from "../../platform/database";
import type { SupplierBook } from "./supplier-book.service";
import { Supplier, toSupplier } from "./supplier.types";

/** The suppliers' part of who you are. */
@Resolver(() => Viewer)
export class ViewerResolver {
  constructor(
    private readonly transact: Transact,
    private readonly book: SupplierBook,
  ) {}

  @FieldResolver(() => Supplier, { nullable: true, description: "null unless you are a supplier's." })
  async supplier(@Root() { scope }: Viewer): Promise<Supplier | null> {
    if (scope === null) return null;
    // In the viewer's own name, not the request's: right after signing in, the request has none yet.
    return toSupplier(await this.transact(scope, (tx) => this.book.one(tx, scope.supplierId)));
  }
}
