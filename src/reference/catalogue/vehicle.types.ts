import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { VehicleBody as Body, VehicleEnergy as Energy } from "./vehicles/vehicle";

const named = <T extends string>(...values: T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const VehicleBody = named<Body>(
  ...([
    "CITY_CAR",
    "SALOON",
    "ESTATE",
    "SUV",
    "PEOPLE_CARRIER",
    "COUPE_CONVERTIBLE",
    "PICK_UP",
    "VAN",
  ] as const),
);
export const VehicleEnergy = named<Energy>(
  ...(["PETROL", "DIESEL", "HYBRID", "PLUG_IN_HYBRID", "ELECTRIC", "LPG", "HYDROGEN"] as const),
);
registerEnumType(VehicleBody, { name: "VehicleBody" });
registerEnumType(VehicleEnergy, { name: "VehicleEnergy" });

@ObjectType({ description: "A make of the French market, current or past." })
export class VehicleMake {
  @Field(() => ID, { description: "The value of this make in forms that offer it as an option." })
  id: string;
  @Field(() => String) label: string;
}

@ObjectType({
  description: "A suggestion for filling in a form. A model that is not listed is entered as free text.",
})
export class VehicleModel {
  @Field(() => ID) id: string;
  @Field(() => String) label: string;
  @Field(() => [VehicleBody], { description: "The bodies with which it has been sold." })
  bodies: readonly Body[];
  @Field(() => [VehicleEnergy], { description: "The energies with which it has been sold." })
  energies: readonly Energy[];
}
