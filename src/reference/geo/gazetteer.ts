/**
 * Which communes exist? The index is built once from the official list and is searched by postcode, by current or
 * former INSEE code, and by zone. place-of.ts determines which place a person means.
 */
import { departementCountry } from "./departements";
import { type Place } from "./place";
import { zoneCodeOf, zoneCodesOf, type ZoneName } from "./zones";

const clipperton = "989";

/** A commune that exists today and has at least one postcode. */
export interface Commune {
  readonly inseeCode: string;
  readonly name: string;
  readonly postcodes: readonly string[];
  readonly departement: string;
  /** Null in the overseas collectivities. */
  readonly region: string | null;
  readonly country: string;
}

/** The columns of the official list that are used here. */
export interface CommuneRow {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly zone: string;
  readonly departement?: string;
  readonly region?: string;
  /** For an arrondissement, the commune that it is part of. */
  readonly commune?: string;
  readonly codesPostaux?: readonly string[];
  /** The codes of communes that were merged into this one. */
  readonly anciensCodes?: readonly string[];
}

/** A municipal arrondissement of Paris, Lyon or Marseille. */
export interface Arrondissement {
  readonly inseeCode: string;
  readonly postcodes: readonly string[];
  readonly commune: Commune;
}

export interface Gazetteer {
  /** By current code, former code or code of an arrondissement. */
  readonly byCode: ReadonlyMap<string, Commune>;
  readonly arrondissements: ReadonlyMap<string, Arrondissement>;
  readonly byPostcode: ReadonlyMap<string, readonly Commune[]>;
  readonly zoneCodes: ReadonlySet<string>;
}

/** Keeps only current, inhabited communes. Clipperton has a postcode but is uninhabited. */
export function buildGazetteer(rows: readonly CommuneRow[]): Gazetteer {
  const communes = rows.flatMap((row) => communeOf(row) ?? []).sort(byName);
  const byCode = new Map(communes.map((commune) => [commune.inseeCode, commune]));
  const arrondissements = arrondissementsIn(rows, byCode);
  const byPostcode = new Map<string, Commune[]>();
  for (const commune of communes) {
    for (const postcode of commune.postcodes) {
      byPostcode.set(postcode, [...(byPostcode.get(postcode) ?? []), commune]);
    }
  }
  const parts = [...arrondissements.values()];
  return {
    byCode: new Map([
      ...formerCodes(rows, byCode),
      ...parts.map(({ inseeCode, commune }) => [inseeCode, commune] as const),
      ...byCode,
    ]),
    arrondissements,
    byPostcode,
    zoneCodes: zoneCodesIn(communes, parts),
  };
}

export const knowsZone = (gazetteer: Gazetteer, zone: ZoneName): boolean =>
  gazetteer.zoneCodes.has(zoneCodeOf(zone));

function communeOf(row: CommuneRow): Commune | null {
  const { departement, codesPostaux: postcodes = [] } = row;
  const isCurrent = row.type === "commune-actuelle";
  if (!isCurrent || !departement || postcodes.length === 0 || departement === clipperton) return null;
  return {
    inseeCode: row.code,
    name: row.nom,
    postcodes,
    departement,
    region: row.zone === "com" ? null : (row.region ?? null),
    country: departementCountry(departement),
  };
}

function arrondissementsIn(
  rows: readonly CommuneRow[],
  byCode: ReadonlyMap<string, Commune>,
): Map<string, Arrondissement> {
  const parts = rows.flatMap(({ type, code, commune, codesPostaux = [] }): [string, Arrondissement][] => {
    const whole = type === "arrondissement-municipal" ? byCode.get(commune ?? "") : undefined;
    return whole ? [[code, { inseeCode: code, postcodes: codesPostaux, commune: whole }]] : [];
  });
  return new Map(parts);
}

const formerCodes = (
  rows: readonly CommuneRow[],
  byCode: ReadonlyMap<string, Commune>,
): (readonly [string, Commune])[] =>
  rows.flatMap(({ code, anciensCodes = [] }) => {
    const today = byCode.get(code);
    return today ? anciensCodes.map((former) => [former, today] as const) : [];
  });

const zoneCodesIn = (communes: readonly Commune[], parts: readonly Arrondissement[]): ReadonlySet<string> =>
  new Set([
    ...communes.flatMap((commune) =>
      commune.postcodes.flatMap((postcode) => zoneCodesOf(plainPlace(commune, postcode))),
    ),
    ...parts.map(({ inseeCode }) => zoneCodeOf({ kind: "commune", code: inseeCode })),
  ]);

/** The place of a commune and a postcode, without an arrondissement or a position. */
export const plainPlace = (commune: Commune, postcode: string): Place => ({
  inseeCode: commune.inseeCode,
  postcode,
  commune: commune.name,
  arrondissement: null,
  departement: commune.departement,
  region: commune.region,
  country: commune.country,
  position: null,
  precision: "NONE",
});

const byName = (a: Commune, b: Commune): number =>
  a.name.localeCompare(b.name, "fr") || (a.inseeCode < b.inseeCode ? -1 : 1);
