/**
 * A reference for comparison, not a product: dense bitmaps of everything, one fused AND, and exact checks of the survivors.
 * It knows the workload's fields in advance, is built once and never changed, and is therefore about as fast
 * as plain JavaScript can be.
 */
import { built } from "./built.mjs";
import { conditions, energies, makes, models } from "./workload.mjs";

const { distanceKm } = built("reference/geo/position");
const { flatten, onGlobe } = built("reference/geo/flat-circles");
const { NearCircles } = built("allocation/matching/campaign-index/near-circles");
const choices = { make: makes, model: models, energy: energies, condition: conditions };
const ranges = {
  budgetEuros: { step: 1_000, count: 64 },
  mileageKm: { step: 5_000, count: 44 },
  horizonDays: { step: 10, count: 40 },
};
const perDegree = 4;

export function fusedEngine(count) {
  const rows = rowsFor(count);
  return {
    name: "dense bitmaps, one fused AND",
    add: (campaign) => file(rows, campaign),
    prepare: (lead) => lead,
    ask: (lead) => ask(rows, lead),
    idsOf: (found) => Array.from(found),
  };
}

function rowsFor(count) {
  const length = (count + 31) >>> 5;
  const full = () => new Int32Array(length).fill(-1);
  const chosen = (options) => new Map(options.map((option) => [option, full()]));
  return {
    length,
    empty: new Int32Array(length),
    departements: new Map(),
    postcodes: new Map(),
    inside: new Map(),
    border: new Map(),
    circles: new NearCircles(),
    choices: Object.fromEntries(Object.entries(choices).map(([field, all]) => [field, chosen(all)])),
    ranges: Object.fromEntries(
      Object.entries(ranges).map(([field, { count: buckets }]) => [
        field,
        Array.from({ length: buckets }, full),
      ]),
    ),
    bounds: Object.fromEntries(
      Object.keys(ranges).map((field) => [
        field,
        { min: new Float64Array(count).fill(-Infinity), max: new Float64Array(count).fill(Infinity) },
      ]),
    ),
    near: new Int32Array(length),
    found: new Int32Array(count),
  };
}

function file(rows, { number, departements, postcodes, circles, criteria }) {
  for (const code of departements) set(rowOf(rows, rows.departements, code), number);
  for (const code of postcodes) listIn(rows.postcodes, code).push(number);
  rows.circles.add(number, { circles: flatten(circles), polygons: [] });
  for (const circle of circles) fileCircle(rows, number, circle);
  for (const criterion of criteria) {
    if (criterion.oneOf) fileChoice(rows, number, criterion);
    else fileRange(rows, number, criterion);
  }
}

function fileChoice(rows, number, { field, oneOf }) {
  for (const [option, row] of rows.choices[field]) if (!oneOf.includes(option)) clear(row, number);
}

function fileRange(rows, number, { field, min = -Infinity, max = Infinity }) {
  const { step } = ranges[field];
  rows.bounds[field].min[number] = min;
  rows.bounds[field].max[number] = max;
  for (const [bucket, row] of rows.ranges[field].entries()) {
    if (max < bucket * step || min >= (bucket + 1) * step) clear(row, number);
  }
}

/** Circles are convex, so a cell whose four corners are inside a circle is completely inside. */
function fileCircle(rows, number, circle) {
  const reach = circle.radiusKm / 111;
  const reachAcross = reach / Math.cos(((Math.abs(circle.latitude) + reach) * Math.PI) / 180);
  for (let x = cell(circle.longitude - reachAcross); x <= cell(circle.longitude + reachAcross); x++) {
    for (let y = cell(circle.latitude - reach); y <= cell(circle.latitude + reach); y++) {
      const corners = [x, x + 1].flatMap((a) => [y, y + 1].map((b) => [a / perDegree, b / perDegree]));
      const holds = ([longitude, latitude]) =>
        distanceKm(circle, { longitude, latitude }) < circle.radiusKm - 0.1;
      set(rowOf(rows, corners.every(holds) ? rows.inside : rows.border, `${x},${y}`), number);
    }
  }
}

const cell = (degrees) => Math.floor(degrees * perDegree);

function ask(rows, lead) {
  const { departement, postcode, position } = lead.place;
  const point = onGlobe(position);
  const at = `${cell(position.longitude)},${cell(position.latitude)}`;
  const { near, found, bounds, empty, circles } = rows;
  near.set(rows.departements.get(departement) ?? empty);
  for (const number of rows.postcodes.get(postcode) ?? []) set(near, number);
  const inside = rows.inside.get(at) ?? empty;
  const border = rows.border.get(at) ?? empty;
  const make = rows.choices.make.get(lead.make);
  const model = rows.choices.model.get(lead.model);
  const energy = rows.choices.energy.get(lead.energy);
  const condition = rows.choices.condition.get(lead.condition);
  const budget = bucketOf(rows, lead, "budgetEuros");
  const mileage = bucketOf(rows, lead, "mileageKm");
  const horizon = bucketOf(rows, lead, "horizonDays");
  const isWithin = ({ min, max }, number, answer) => min[number] <= answer && answer <= max[number];
  let count = 0;
  for (let index = 0; index < rows.length; index++) {
    const surely = near[index] | inside[index];
    let word = (surely | border[index]) & make[index] & model[index];
    if (word === 0) continue;
    word &= energy[index] & condition[index] & budget[index] & mileage[index] & horizon[index];
    for (; word !== 0; word &= word - 1) {
      const bit = word & -word;
      const number = (index << 5) + 31 - Math.clz32(bit);
      if (!isWithin(bounds.budgetEuros, number, lead.budgetEuros)) continue;
      if (!isWithin(bounds.mileageKm, number, lead.mileageKm)) continue;
      if (!isWithin(bounds.horizonDays, number, lead.horizonDays)) continue;
      if ((surely & bit) === 0 && circles.sideOf(number, point) !== "INSIDE") continue;
      found[count++] = number;
    }
  }
  return found.slice(0, count);
}

function bucketOf(rows, lead, field) {
  const { step, count } = ranges[field];
  // The last bucket is open-ended: its members are checked exactly anyway.
  return rows.ranges[field][Math.min(count - 1, Math.floor(lead[field] / step))];
}

function rowOf({ length }, rows, key) {
  const row = rows.get(key) ?? new Int32Array(length);
  rows.set(key, row);
  return row;
}

function listIn(lists, key) {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

const set = (row, number) => {
  row[number >>> 5] |= 1 << (number & 31);
};
const clear = (row, number) => {
  row[number >>> 5] &= ~(1 << (number & 31));
};
