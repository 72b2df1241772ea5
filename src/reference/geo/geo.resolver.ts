import { Arg, Query, Resolver } from "type-graphql";
import { communesOf } from "./communes.adapter";
import { Commune } from "./geo.types";

@Resolver()
export class GeoResolver {
  @Query(() => [Commune], {
    description: "Communes of a postcode. Empty if the postcode does not exist.",
  })
  communes(
    @Arg("postcode", () => String, { description: "Five digits, such as 69003." }) postcode: string,
  ): Commune[] {
    return communesOf(postcode).map(({ inseeCode, name, departement }) => ({ inseeCode, name, departement }));
  }
}
