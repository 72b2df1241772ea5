/**
 * Generates the same campaigns and leads for all engines from a seed, in a neutral form that each engine
 * converts. Broad: about 0.75 % of the campaigns match a lead. Selective: about 25 of 100,000.
 */
import { departements, peopled, peopledIn, placeIn } from "./places.mjs";
import { randomOf, several, weightsOf } from "./random.mjs";

const numbered = (count, name) => Array.from({ length: count }, (_, index) => `${name}_${index + 1}`);
export const makes = numbered(40, "MAKE");
export const models = makes.flatMap((make) => numbered(10, make));
export const energies = ["PETROL", "DIESEL", "HYBRID", "PLUG_IN_HYBRID", "ELECTRIC", "LPG"];
export const conditions = ["NEW", "DEMONSTRATION", "USED"];

const zipf = (items) => weightsOf(items, (_, rank) => 1 / (rank + 1));
const likedMakes = zipf(makes);
const likedModels = new Map(makes.map((make) => [make, zipf(numbered(10, make))]));

const kinds = {
  broad: {
    seed: 101,
    zones: [1, 30],
    // Shares of postcodes and circles; all other zones are départements.
    shares: { postcode: 0.2, circle: 0.08 },
    radiusKm: [20, 60],
    alwaysMakes: false,
  },
  selective: {
    seed: 202,
    zones: [1, 6],
    shares: { postcode: 0.7, circle: 0.1 },
    radiusKm: [20, 30],
    alwaysMakes: true,
  },
};

export function workloadOf(name) {
  const kind = kinds[name];
  return {
    name,
    /** The same number and edition always give the same campaign. Another edition is a change of its terms. */
    campaign: (number, edition = 0) => campaignOf(kind, number, edition),
    lead: (number) => leadOf(randomOf(kind.seed + 1, number)),
  };
}

function campaignOf(kind, number, edition) {
  const random = randomOf(kind.seed + 7919 * edition, number);
  const zones = zonesOf(kind, random);
  return { number, ...zones, criteria: criteriaOf(kind, random), priceCents: 2_000 + 100 * random.below(40) };
}

function zonesOf({ zones, shares, radiusKm }, random) {
  const wanted = { departements: [], postcodes: [], circles: [] };
  for (let left = random.between(...zones); left > 0; left--) {
    const draw = random.next();
    if (draw < shares.postcode) wanted.postcodes.push(random.pick(anywhere(random).postcodes));
    else if (draw < shares.postcode + shares.circle) wanted.circles.push(circleOf(radiusKm, random));
    else wanted.departements.push(random.pick(departements));
  }
  const { circles } = wanted;
  return {
    departements: [...new Set(wanted.departements)],
    postcodes: [...new Set(wanted.postcodes)],
    circles,
  };
}

/** Suppliers are in every département, at places weighted by population. */
const anywhere = (random) => random.weighted(peopledIn.get(random.pick(departements)));

const circleOf = (radiusKm, random) => ({
  ...anywhere(random).position,
  radiusKm: random.between(...radiusKm),
});

const criterion = {
  makes: (random) => ({
    field: "make",
    oneOf: several(random.between(1, 4), () => random.weighted(likedMakes)),
  }),
  models: (random, wanted) => ({
    field: "model",
    // Only makes that are wanted; otherwise no campaign would ever match.
    oneOf: several(random.between(4, 12), () => {
      const make = wanted ? random.pick(wanted.oneOf) : random.weighted(likedMakes);
      return random.weighted(likedModels.get(make));
    }),
  }),
  energy: (random) => ({
    field: "energy",
    oneOf: several(random.between(1, 3), () => random.pick(energies)),
  }),
  condition: (random) => ({
    field: "condition",
    oneOf: several(random.between(1, 2), () => random.pick(conditions)),
  }),
  budget: (random) => {
    const min = 1_000 * random.between(3, 25);
    return {
      field: "budgetEuros",
      min,
      ...(random.next() < 0.5 && { max: min + 1_000 * random.between(5, 30) }),
    };
  },
  mileage: (random) => ({ field: "mileageKm", max: 5_000 * random.between(2, 40) }),
  horizon: (random) => ({ field: "horizonDays", max: 10 * random.between(3, 36) }),
};
const others = ["models", "energy", "condition", "budget", "mileage", "horizon"];

/** 0 to 6 of them, mostly several. */
function criteriaOf({ alwaysMakes }, random) {
  const count = Math.floor(7 * random.next() ** 0.43);
  const chosen = new Set(random.some(count, ["makes", ...others]));
  if (alwaysMakes) chosen.add("makes");
  const wanted = chosen.delete("makes") ? criterion.makes(random) : null;
  const rest = [...chosen].map((name) => criterion[name](random, wanted));
  return wanted ? [wanted, ...rest] : rest;
}

function leadOf(random) {
  const make = random.weighted(likedMakes);
  return {
    place: placeIn(random.weighted(peopled), random),
    make,
    model: random.weighted(likedModels.get(make)),
    energy: energies[Math.floor(energies.length * random.next() ** 1.5)],
    condition: random.pick(conditions),
    budgetEuros: 3_000 + Math.floor(45_000 * random.next() ** 1.5),
    mileageKm: Math.floor(200_000 * random.next() ** 1.5),
    horizonDays: Math.floor(365 * random.next() ** 2),
  };
}
