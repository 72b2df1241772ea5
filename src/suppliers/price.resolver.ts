import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { principalOf, type RequestContext } from "../identity";
import type { PriceFloors } from "./price-floors.service";
import { PriceFloor, PriceInput } from "./price.types";

@Resolver()
export class PriceResolver {
  constructor(private readonly floors: PriceFloors) {}

  @Mutation(() => PriceFloor, {
    description: "The lowest price at which campaigns of a product may ask for leads, from an instant on.",
  })
  async setPrice(
    @Ctx() context: RequestContext,
    @Arg("input", () => PriceInput) input: PriceInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<PriceFloor> {
    return this.floors.set(principalOf(context), input, key);
  }
}
