/** Baseline: a plain loop over objects, as anybody would write it. */
import { built } from "./built.mjs";

export const loopName = "plain loop over objects";

export function loopEngine() {
  const campaigns = [];
  return {
    name: loopName,
    add: (campaign) => campaigns.push(plainOf(campaign)),
    prepare: (lead) => lead,
    ask: (lead) => campaigns.filter((campaign) => wants(campaign, lead)),
    idsOf: (found) => found.map(({ number }) => number),
  };
}

/** Codes in one array: searching a dozen of them is faster than a look-up in a set. */
function plainOf({ number, departements, postcodes, circles, criteria }) {
  return {
    number,
    codes: [...departements, ...postcodes],
    circles,
    criteria: criteria.map(({ field, oneOf, min = -Infinity, max = Infinity }) => ({
      field,
      oneOf: oneOf ?? null,
      min,
      max,
    })),
  };
}

const { distanceKm } = built("reference/geo/position");

export const wantedBy = (campaign, lead) => wants(plainOf(campaign), lead);

function wants({ codes, circles, criteria }, lead) {
  const { departement, postcode, position } = lead.place;
  if (!codes.includes(departement) && !codes.includes(postcode) && !isWithin(circles, position)) return false;
  for (const { field, oneOf, min, max } of criteria) {
    const answer = lead[field];
    if (oneOf ? !oneOf.includes(answer) : answer < min || answer > max) return false;
  }
  return true;
}

function isWithin(circles, position) {
  for (const circle of circles) if (distanceKm(circle, position) <= circle.radiusKm) return true;
  return false;
}
