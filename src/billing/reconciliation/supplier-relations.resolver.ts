/** The suppliers beside the ids of what the books contain. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import { loadSupplier } from "../../account/suppliers/supplier-loader.types";
import { Supplier } from "../../account/suppliers/supplier.types";
import { BookedLine, BookedObject, BookedPosting } from "./booked.types";

const optional = async (
  context: RequestContext,
  suppliersById: SuppliersById,
  id: string | null,
): Promise<Supplier | null> => (id === null ? null : loadSupplier(context, suppliersById, id));

@Resolver(() => BookedObject)
export class BookedObjectSupplierResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { nullable: true, description: "Null where `supplierId` is null." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: BookedObject): Promise<Supplier | null> {
    return optional(context, this.suppliersById, supplierId);
  }
}

@Resolver(() => BookedLine)
export class BookedLineSupplierResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { nullable: true, description: "Null where `supplierId` is null." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: BookedLine): Promise<Supplier | null> {
    return optional(context, this.suppliersById, supplierId);
  }
}

@Resolver(() => BookedPosting)
export class BookedPostingSupplierResolver {
  constructor(private readonly suppliersById: SuppliersById) {}

  @FieldResolver(() => Supplier, { description: "On whose account it is." })
  supplier(@Ctx() context: RequestContext, @Root() { supplierId }: BookedPosting): Promise<Supplier> {
    return loadSupplier(context, this.suppliersById, supplierId);
  }
}
