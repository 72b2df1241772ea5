/**
 * Stores the campaigns in PostgreSQL in two ways: one row each with arrays under a GIN index, and one row per
 * zone and make, with all criteria, in the order of the index.
 */
import { built } from "./built.mjs";
import { conditions, energies, makes, models } from "./workload.mjs";

const { boxAround } = built("reference/geo/circle");

const perDegree = 2;
/** Zones of all kinds as whole numbers: postcodes first, départements and cells far above them. */
const departementBase = 200_000;
const cellBase = 1_000_000;
const letters = { "2A": 201, "2B": 202 };

export const postcodeNumber = (code) => Number(code);
export const departementNumber = (code) => departementBase + (letters[code] ?? Number(code));
export const cellNumber = (x, y) => cellBase + x * 1_000 + y;
export const cellOf = ({ longitude, latitude }) => cellNumber(cell(longitude), cell(latitude));
const cell = (degrees) => Math.floor(degrees * perDegree);

/** 0 stands for any make. */
export const makeNumber = (make) => makes.indexOf(make) + 1;
export const modelNumber = (model) => models.indexOf(model);
export const bitOf = {
  energy: (one) => 1 << energies.indexOf(one),
  condition: (one) => 1 << conditions.indexOf(one),
};

function cellsOf(circle) {
  const { west, east, south, north } = boxAround(circle);
  const cells = [];
  for (let x = cell(west - 1e-6); x <= cell(east + 1e-6); x++)
    for (let y = cell(south - 1e-6); y <= cell(north + 1e-6); y++) cells.push(cellNumber(x, y));
  return cells;
}

function recordOf({ number, departements, postcodes, circles, criteria }) {
  const asked = Object.fromEntries(criteria.map((criterion) => [criterion.field, criterion]));
  const maskOf = (field) => asked[field]?.oneOf.reduce((mask, one) => mask | bitOf[field](one), 0) ?? -1;
  const from = (field) => asked[field]?.min ?? -1;
  const to = (field) => asked[field]?.max ?? 2_000_000_000;
  return {
    id: number,
    zones: [...departements.map(departementNumber), ...postcodes.map(postcodeNumber)],
    circles: circles.map((circle) => ({ ...circle, cells: cellsOf(circle) })),
    makes: asked.make?.oneOf.map(makeNumber) ?? [0],
    models: asked.model?.oneOf.map(modelNumber) ?? null,
    energies: maskOf("energy"),
    conditions: maskOf("condition"),
    ...{ budget_min: from("budgetEuros"), budget_max: to("budgetEuros") },
    ...{ mileage_max: to("mileageKm"), horizon_max: to("horizonDays") },
  };
}

const columns = `models smallint[], energies integer, conditions integer, budget_min integer, budget_max integer,
  mileage_max integer, horizon_max integer`;
const names = "models, energies, conditions, budget_min, budget_max, mileage_max, horizon_max";

export async function makeTables(client) {
  await client.query(`
    CREATE TABLE base (id integer, zones integer[], circles jsonb, makes smallint[], ${columns});
    CREATE TABLE arrays (id integer PRIMARY KEY, zones integer[], places integer[], makes smallint[],
      longitudes float8[], latitudes float8[], radii float8[], ${columns});
    CREATE TABLE exploded (zone integer, make smallint, id integer, longitude float8, latitude float8, radius float8,
      ${columns})`);
}

export async function insert(client, campaigns) {
  await client.query(
    `INSERT INTO base SELECT * FROM jsonb_to_recordset($1) AS r(
       id integer, zones integer[], circles jsonb, makes smallint[], ${columns})`,
    [JSON.stringify(campaigns.map(recordOf))],
  );
}

export async function fillTables(client) {
  await client.query(`
    INSERT INTO arrays
      SELECT id, zones,
        zones || ARRAY(SELECT DISTINCT cell::integer FROM jsonb_array_elements(circles) c,
          jsonb_array_elements_text(c->'cells') cell),
        makes,
        ARRAY(SELECT (c->>'longitude')::float8 FROM jsonb_array_elements(circles) c),
        ARRAY(SELECT (c->>'latitude')::float8 FROM jsonb_array_elements(circles) c),
        ARRAY(SELECT (c->>'radiusKm')::float8 FROM jsonb_array_elements(circles) c), ${names}
      FROM base;
    INSERT INTO exploded
      SELECT zone, make, id, NULL, NULL, NULL, ${names} FROM base, unnest(zones) zone, unnest(makes) make
      UNION ALL
      SELECT cell::integer, make, id, (c->>'longitude')::float8, (c->>'latitude')::float8, (c->>'radiusKm')::float8,
        ${names}
      FROM base, unnest(makes) make, jsonb_array_elements(circles) c, jsonb_array_elements_text(c->'cells') cell
      ORDER BY 1, 2, 3`);
}

export async function indexTables(client) {
  await client.query(`
    CREATE INDEX arrays_found ON arrays USING gin (places, makes) WITH (fastupdate = off);
    CREATE INDEX exploded_found ON exploded (zone, make);
    DROP TABLE base`);
  await client.query("VACUUM (FREEZE, ANALYZE) arrays");
  await client.query("VACUUM (FREEZE, ANALYZE) exploded");
}
