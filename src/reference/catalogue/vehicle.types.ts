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
registerEnumType(VehicleBody, {
  name: "VehicleBody",
  description: "The shape of a car.",
  valuesConfig: {
    CITY_CAR: { description: "A city car." },
    SALOON: { description: "A saloon or hatchback." },
    ESTATE: { description: "An estate car." },
    SUV: { description: "An SUV." },
    PEOPLE_CARRIER: { description: "A people carrier." },
    COUPE_CONVERTIBLE: { description: "A coupé or convertible." },
    PICK_UP: { description: "A pick-up." },
    VAN: { description: "A van." },
  },
});
registerEnumType(VehicleEnergy, {
  name: "VehicleEnergy",
  description: "What a car runs on.",
  valuesConfig: {
    PETROL: { description: "Petrol." },
    DIESEL: { description: "Diesel." },
    HYBRID: { description: "A hybrid that cannot be plugged in." },
    PLUG_IN_HYBRID: { description: "A hybrid that can be plugged in." },
    ELECTRIC: { description: "A battery only." },
    LPG: { description: "Liquefied petroleum gas." },
    HYDROGEN: { description: "Hydrogen." },
  },
});

@ObjectType({ description: "A make of the French market, current or past." })
export class VehicleMake {
  @Field(() => ID, { description: "The value of this make in forms that offer it as an option." })
  id: string;
  @Field(() => String, { description: "Its name, the same in every language." }) label: string;
}

@ObjectType({
  description: "A suggestion for filling in a form. A model that is not listed is entered as free text.",
})
export class VehicleModel {
  @Field(() => ID, { description: "The id of the model, which begins with that of its make." }) id: string;
  @Field(() => String, { description: "Its name, the same in every language." }) label: string;
  @Field(() => [VehicleBody], { description: "The bodies with which it has been sold." })
  bodies: readonly Body[];
  @Field(() => [VehicleEnergy], { description: "The energies with which it has been sold." })
  energies: readonly Energy[];
}
