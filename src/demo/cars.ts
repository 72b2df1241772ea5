/** New cars that the demo's people ask for, with what they cost in France, about and from. */
export interface Car {
  readonly make: string;
  readonly model: string;
  readonly body: string;
  readonly energies: readonly string[];
  readonly fromEuros: number;
}

type Line = readonly [make: string, model: string, body: string, energies: string, fromEuros: number];

const lines: readonly Line[] = [
  ["DACIA", "Sandero", "CITY_CAR", "PETROL LPG", 13_500],
  ["DACIA", "Jogger", "ESTATE", "PETROL LPG HYBRID", 19_500],
  ["DACIA", "Duster", "SUV", "PETROL LPG HYBRID", 21_000],
  ["CITROEN", "C3", "CITY_CAR", "PETROL ELECTRIC", 16_500],
  ["FIAT", "Panda", "CITY_CAR", "HYBRID", 16_000],
  ["RENAULT", "Clio", "CITY_CAR", "PETROL LPG HYBRID", 19_500],
  ["RENAULT", "Captur", "SUV", "PETROL LPG HYBRID", 24_500],
  ["RENAULT", "Scénic", "SUV", "ELECTRIC", 41_000],
  ["PEUGEOT", "208", "CITY_CAR", "PETROL HYBRID ELECTRIC", 21_500],
  ["PEUGEOT", "3008", "SUV", "HYBRID PLUG_IN_HYBRID ELECTRIC", 39_000],
  ["TOYOTA", "Yaris", "CITY_CAR", "HYBRID", 23_500],
  ["TOYOTA", "Corolla", "ESTATE", "HYBRID", 32_500],
  ["SKODA", "Octavia", "ESTATE", "PETROL DIESEL HYBRID", 33_000],
  ["VOLKSWAGEN", "Golf", "CITY_CAR", "PETROL DIESEL HYBRID PLUG_IN_HYBRID", 32_000],
  ["KIA", "Sportage", "SUV", "PETROL HYBRID PLUG_IN_HYBRID", 32_000],
  ["HYUNDAI", "Tucson", "SUV", "PETROL HYBRID PLUG_IN_HYBRID", 34_000],
  ["TESLA", "Model 3", "SALOON", "ELECTRIC", 40_000],
  ["BMW", "Série 3", "SALOON", "PETROL DIESEL PLUG_IN_HYBRID", 48_000],
  ["VOLVO", "XC60", "SUV", "HYBRID PLUG_IN_HYBRID", 62_000],
];

export const cars: readonly Car[] = lines.map(([make, model, body, energies, fromEuros]) => ({
  ...{ make, model, body, energies: energies.split(" "), fromEuros },
}));
