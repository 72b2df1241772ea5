import { Arg, ID, Query, Resolver } from "type-graphql";
import { First } from "../../platform/graphql/arguments";
import { pageSize } from "../../platform/graphql/connection";
import { invalid, type AppError } from "../../shared/errors";
import { VehicleMake, VehicleModel } from "./vehicle.types";
import { found, makeNamed, vehicleMakes } from "./vehicles/search";

const searchLimit = 60;
const searched = `The beginning of a name, at most ${String(searchLimit)} characters. Without it, all of them.`;

@Resolver()
export class VehicleResolver {
  @Query(() => [VehicleMake], {
    description: "Makes that match a name. Accents and case are ignored, and aliases such as VW are found.",
  })
  vehicleMakes(
    @Arg("search", () => String, { nullable: true, description: searched }) search: string | null,
  ): readonly VehicleMake[] {
    return found(vehicleMakes, checked(search));
  }

  @Query(() => [VehicleModel], {
    description:
      "Models of a make, best match first. If the list is empty, accept free text. INVALID_INPUT if there is no such make.",
  })
  vehicleModels(
    @Arg("make", () => ID, { description: "The id, the name or an alias of a make." }) name: string,
    @Arg("search", () => String, { nullable: true, description: searched }) search: string | null,
    @First() first: number | null,
  ): readonly VehicleModel[] {
    const make = makeNamed(name);
    if (!make) throw unknownMake();
    return found(make.models, checked(search)).slice(0, pageSize(first));
  }
}

const unknownMake = (): AppError =>
  invalid("There is no such make. The vehicleMakes query lists them.", {
    reason: "UNKNOWN_VALUE",
    field: "make",
  });

function checked(search: string | null | undefined): string {
  if (search != null && search.length > searchLimit) {
    throw invalid(`search takes at most ${searchLimit} characters: the beginning of a name is enough.`, {
      reason: "TOO_LONG",
      field: "search",
    });
  }
  return search ?? "";
}
