import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { productById } from "../../reference/catalogue";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { Transact } from "../../platform/database";
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
    description: "The floors that hold now, and those that were announced, the soonest first.",
  })
  async priceFloors(
    @Ctx() context: RequestContext,
    @Arg("product", () => ID) id: string,
  ): Promise<PriceFloor[]> {
    const product = productById(id);
    if (!product) throw notFound("product");
    return this.transact(scopeOf(principalOf(context)), (tx) => this.floors.list(tx, product));
  }

  @Mutation(() => PriceFloor, {
    description:
      "The lowest price at which campaigns of a product may ask for leads, from an instant on: for all of them, or for those of a département, with some answers, or sold to one supplier alone. The floor that names more of these counts; of equals the highest.",
  })
  async setPrice(
    @Ctx() context: RequestContext,
    @Arg("input", () => PriceInput) input: PriceInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<PriceFloor> {
    return this.floors.set(principalOf(context), input, key);
  }
}
