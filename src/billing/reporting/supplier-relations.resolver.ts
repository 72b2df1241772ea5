/** The suppliers beside the ids in the reports. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import { AgedReceivable, EuService } from "./books.types";

@Resolver(() => AgedReceivable)
export class AgedReceivableSupplierResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { description: "Who owes it." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: AgedReceivable): Promise<Supplier> {
    return loadSupplier(context, this.suppliersById, supplierId);
  }
}

@Resolver(() => EuService)
export class EuServiceSupplierResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { description: "Who received them." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: EuService): Promise<Supplier> {
    return loadSupplier(context, this.suppliersById, supplierId);
  }
}
