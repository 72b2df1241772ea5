/** The types of makes and models. */
export type VehicleBody =
  "CITY_CAR" | "SALOON" | "ESTATE" | "SUV" | "PEOPLE_CARRIER" | "COUPE_CONVERTIBLE" | "PICK_UP" | "VAN";
export type VehicleEnergy =
  "PETROL" | "DIESEL" | "HYBRID" | "PLUG_IN_HYBRID" | "ELECTRIC" | "LPG" | "HYDROGEN";

export interface Named {
  readonly label: string;
  readonly aliases: readonly string[];
}

export interface VehicleModel extends Named {
  readonly id: string;
  readonly bodies: readonly VehicleBody[];
  readonly energies: readonly VehicleEnergy[];
}

export interface VehicleMake extends Named {
  /** Also the value of the make's option in forms. */
  readonly id: string;
  readonly models: readonly VehicleModel[];
}
