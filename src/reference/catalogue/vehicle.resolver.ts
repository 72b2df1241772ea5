import { Arg, ID, Query, Resolver } from "type-graphql";
import { First } from "../../platform/graphql/arguments";
import { pageSize } from "../../platform/graphql/connection";
import { invalid } from "../../shared/errors";
import { checkAll, checkField } from "../../shared/faults";
import { VehicleMake, VehicleModel } from "./vehicle.types";
import type { VehicleMake as Make } from "./vehicles/vehicle";
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
    return found(
      vehicleMakes,
      checkField("search", () => checked(search)),
    );
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
    const { make, search: beginning } = checkAll({
      make: () => makeOf(name),
      search: () => checked(search),
    });
    return found(make.models, beginning).slice(0, pageSize(first));
  }
}

function makeOf(name: string): Make {
  const make = makeNamed(name);
  if (make) return make;
  throw invalid("There is no such make. The vehicleMakes query lists them.", { reason: "UNKNOWN_VALUE" });
}

function checked(search: string | null | undefined): string {
  if (search != null && search.length > searchLimit) {
    throw invalid(`search takes at most ${searchLimit} characters: the beginning of a name is enough.`, {
      reason: "TOO_LONG",
    });
  }
  return search ?? "";
}
