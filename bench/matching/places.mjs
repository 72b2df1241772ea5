/**
 * The places of leads and campaigns: the communes of metropolitan France, weighted by population. The list
 * has no positions, so each commune gets a random position near the centre of its département, which is
 * random too.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./built.mjs";
import { randomOf, weightsOf } from "./random.mjs";

const list = path.join(root, "node_modules/@etalab/decoupage-administratif/data/communes.json");
const seed = 33;

const rows = JSON.parse(readFileSync(list, "utf8")).filter(
  ({ type, zone, population, codesPostaux }) =>
    type === "commune-actuelle" && zone === "metro" && population > 0 && codesPostaux?.length > 0,
);

export const departements = [...new Set(rows.map(({ departement }) => departement))].sort();
const middles = new Map(
  departements.map((code, number) => {
    const random = randomOf(seed, number);
    return [code, { longitude: -1 + 8 * random.next(), latitude: 43.5 + 6.5 * random.next() }];
  }),
);

const communes = rows.map(({ code, departement, region, codesPostaux, population }, number) => {
  const random = randomOf(seed + 1, number);
  const middle = middles.get(departement);
  const position = {
    longitude: middle.longitude + random.next() - 0.5,
    latitude: middle.latitude + 0.8 * (random.next() - 0.5),
  };
  return { code, departement, region, postcodes: codesPostaux, population, position };
});

/** Weighted by population. */
export const peopled = weightsOf(communes, ({ population }) => population);

export const peopledIn = new Map(
  departements.map((code) => [
    code,
    weightsOf(
      communes.filter(({ departement }) => departement === code),
      ({ population }) => population,
    ),
  ]),
);

/** As the product describes a place. */
export const placeIn = ({ code, departement, region, postcodes, position }, random) => ({
  inseeCode: code,
  postcode: random.pick(postcodes),
  commune: code,
  arrondissement: null,
  departement,
  region,
  country: "FR",
  position: {
    longitude: position.longitude + 0.05 * random.next(),
    latitude: position.latitude + 0.05 * random.next(),
  },
  precision: "ADDRESS",
});
