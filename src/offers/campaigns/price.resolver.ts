import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { productById } from "../../reference/catalogue";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import { notFound } from "../../shared/errors";
import type { PriceFloors } from "./price-floors.service";
import { PriceFloor, PriceInput } from "./price.types";

@Resolver()
export class PriceResolver {
  constructor(
    private readonly transact: Transact,
    private readonly floors: PriceFloors,
  ) {}

  @Query(() => [PriceFloor], {
    description: "The price floors in force, and those announced, the soonest first.",
  })
  async priceFloors(
    @Ctx() context: RequestContext,
    @Arg("product", () => ID, { description: "The id of a product." }) id: string,
  ): Promise<PriceFloor[]> {
    const product = productById(id);
    if (!product) throw notFound("product");
    return this.transact(scopeOf(principalOf(context)), (tx) => this.floors.list(tx, product));
  }

  @Mutation(() => PriceFloor, {
    description:
      "Sets the lowest price for a product's leads from an instant on: for all leads, or for those of a département, with some answers, or sold to a single supplier. The floor that names more of these takes precedence; of equals, the highest.",
  })
  async setPrice(
    @Ctx() context: RequestContext,
    @Arg("input", () => PriceInput, { description: "Which leads, the price, and its start." })
    input: PriceInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<PriceFloor> {
    return this.floors.set(principalOf(context), input, key);
  }
}
