import { Arg, Query, Resolver } from "type-graphql";
import { communesOf } from "./communes.adapter";
import { Commune } from "./geo.types";

@Resolver()
export class GeoResolver {
  @Query(() => [Commune], {
    description: "Communes of a postcode, to choose from. Empty for a postcode that does not exist.",
  })
  communes(@Arg("postcode", () => String) postcode: string): Commune[] {
    return communesOf(postcode).map(({ inseeCode, name, departement }) => ({ inseeCode, name, departement }));
  }
}
