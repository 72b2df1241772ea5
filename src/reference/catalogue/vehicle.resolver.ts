import { Arg, ID, Int, Query, Resolver } from "type-graphql";
import { pageSize } from "../../platform/graphql/connection";
import { invalid } from "../../shared/errors";
import { VehicleMake, VehicleModel } from "./vehicle.types";
import { found, makeNamed, vehicleMakes } from "./vehicles/search";

const searchLimit = 60;

@Resolver()
export class VehicleResolver {
  @Query(() => [VehicleMake], {
    description: "Makes that match a name. Accents and case are ignored, and aliases such as VW are found.",
  })
  vehicleMakes(
    @Arg("search", () => String, { nullable: true }) search: string | null,
  ): readonly VehicleMake[] {
    return found(vehicleMakes, checked(search));
  }

  @Query(() => [VehicleModel], {
    description: "Models of a make, best match first. If the list is empty, accept free text.",
  })
  vehicleModels(
    @Arg("make", () => ID, { description: "The id, the name or an alias of the make." }) name: string,
    @Arg("search", () => String, { nullable: true }) search: string | null,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
  ): readonly VehicleModel[] {
    const make = makeNamed(name);
    if (!make) throw invalid("There is no such make. The vehicleMakes query lists them.");
    return found(make.models, checked(search)).slice(0, pageSize(first));
  }
}

function checked(search: string | null | undefined): string {
  if (search != null && search.length > searchLimit) {
    throw invalid(`search takes at most ${searchLimit} characters: the beginning of a name is enough.`);
  }
  return search ?? "";
}
