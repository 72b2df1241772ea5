/**
 * Baseline: PostgreSQL with a prepared statement over one connection. An index finds candidates by zone and
 * make, and the same statement checks the rest, with the same formula for circles as the other engines. Ids
 * come back as one text, which was the fastest of five ways.
 */
import { connect } from "./server.mjs";
import {
  bitOf,
  cellOf,
  departementNumber,
  fillTables,
  indexTables,
  insert,
  makeNumber,
  makeTables,
  modelNumber,
  postcodeNumber,
} from "./postgres-tables.mjs";

const batch = 2_000;

const kilometres = (longitude, latitude) => `12742.0176 * asin(least(1, sqrt(
  sin(($10 - ${latitude}) * pi() / 180 / 2) ^ 2 + cos(${latitude} * pi() / 180) * cos($10 * pi() / 180)
  * sin(($9 - ${longitude}) * pi() / 180 / 2) ^ 2)))`;
const criteria = `(models IS NULL OR $3 = ANY (models)) AND energies & $4 <> 0 AND conditions & $5 <> 0
  AND $6 BETWEEN budget_min AND budget_max AND $7 <= mileage_max AND $8 <= horizon_max`;

export const zoneMakeName = "PostgreSQL, zone × make rows";
export const ginName = "PostgreSQL, GIN on int[]";

const queries = {
  [zoneMakeName]: {
    table: "exploded",
    text: `SELECT string_agg(id::text, ',') FROM exploded WHERE zone = ANY ($1::integer[]) AND make = ANY (ARRAY[0::smallint, $2::smallint])
      AND ${criteria} AND (radius IS NULL OR ${kilometres("longitude", "latitude")} <= radius)`,
  },
  [ginName]: {
    table: "arrays",
    text: `SELECT string_agg(id::text, ',') FROM arrays WHERE places && $1::integer[] AND makes && ARRAY[0::smallint, $2::smallint]
      AND ${criteria} AND (zones && $1::integer[] OR EXISTS (
        SELECT FROM unnest(longitudes, latitudes, radii) AS c (longitude, latitude, radius)
        WHERE ${kilometres("c.longitude", "c.latitude")} <= c.radius))`,
  },
};
const types = [
  "integer[]",
  "smallint",
  "smallint",
  "integer",
  "integer",
  "integer",
  "integer",
  "integer",
  "float8",
  "float8",
];

/** Both variants, over the same campaigns in a database of their own. */
export async function postgresEngines(url, workload, count) {
  const client = await connect(url);
  await makeTables(client);
  const begun = performance.now();
  for (let from = 0; from < count; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - from) }, (_, index) => from + index);
    await insert(
      client,
      numbers.map((number) => workload.campaign(number)),
    );
  }
  await fillTables(client);
  await indexTables(client);
  const buildMs = performance.now() - begun;
  // With the extended protocol each statement is parsed once, and its plan is kept from the sixth execution
  // on.
  await client.query("SET plan_cache_mode = force_generic_plan");
  const engines = await Promise.all(
    Object.entries(queries).map(async ([name, { table, text }]) => ({
      name,
      isAsync: true,
      buildMs,
      bytes: await sizeOf(client, table),
      prepare: valuesOf,
      ask: (values) => client.query({ name: table, text: typed(text), values, rowMode: "array" }),
      // A campaign found by two zones comes twice. Removing duplicates in the client is fastest for
      // PostgreSQL.
      idsOf: ({ rows }) => [...new Set(rows[0][0]?.split(",").map(Number) ?? [])],
    })),
  );
  return { engines, close: () => client.end() };
}

/** Every parameter has an explicit type. */
const typed = (text) => text.replace(/\$(\d+)(?!\d|::)/g, (name, number) => `${name}::${types[number - 1]}`);

function valuesOf({ place, make, model, energy, condition, budgetEuros, mileageKm, horizonDays }) {
  const { departement, postcode, position } = place;
  const zones = [departementNumber(departement), postcodeNumber(postcode), cellOf(position)];
  return [
    zones,
    makeNumber(make),
    modelNumber(model),
    bitOf.energy(energy),
    bitOf.condition(condition),
    budgetEuros,
    mileageKm,
    horizonDays,
    position.longitude,
    position.latitude,
  ];
}

async function sizeOf(client, table) {
  const { rows } = await client.query("SELECT pg_total_relation_size($1::regclass) AS bytes", [table]);
  return Number(rows[0].bytes);
}
