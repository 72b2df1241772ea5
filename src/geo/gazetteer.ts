/**
 * Which communes are there, and which one is meant? Built once from the official list; answers by
 * postcode, by INSEE code and by zone. A postcode alone is no place: two thirds of them are shared by
 * several communes and some by two départements, so an ambiguous one is asked about, never guessed.
 */
import { invalid } from "../shared/errors";
import { departementCountry } from "./departements";
import { type Place } from "./place";
import { codeOf, zoneCodesOf, type ZoneName } from "./zones";

const clipperton = "989";

/** A commune that exists today and has at least one postcode. */
export interface Commune {
  readonly inseeCode: string;
  readonly name: string;
  readonly postcodes: readonly string[];
  readonly departement: string;
  /** null in the collectivities. */
  readonly region: string | null;
  readonly country: string;
}

/** The official list's row, as far as it is used. */
export interface CommuneRow {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly zone: string;
  readonly departement?: string;
  readonly region?: string;
  /** Of an arrondissement: the commune it is part of. */
  readonly commune?: string;
  readonly codesPostaux?: readonly string[];
}

export interface Gazetteer {
  readonly byCode: ReadonlyMap<string, Commune>;
  readonly byPostcode: ReadonlyMap<string, readonly Commune[]>;
  readonly zoneCodes: ReadonlySet<string>;
}

export interface PlaceInput {
  readonly postcode: string;
  readonly inseeCode?: string | null;
}

/** Keeps today's inhabited communes only; Clipperton has a postcode but nobody to write to. */
export function buildGazetteer(rows: readonly CommuneRow[]): Gazetteer {
  const communes = rows.flatMap((row) => communeOf(row) ?? []).sort(byName);
  const byCode = new Map(communes.map((commune) => [commune.inseeCode, commune]));
  const byPostcode = new Map<string, Commune[]>();
  for (const commune of communes) {
    for (const postcode of commune.postcodes) {
      byPostcode.set(postcode, [...(byPostcode.get(postcode) ?? []), commune]);
    }
  }
  return { byCode: withArrondissements(byCode, rows), byPostcode, zoneCodes: zoneCodesIn(communes) };
}

/** The one place that is meant, or an error that says how to say it. */
export function placeOf(gazetteer: Gazetteer, { postcode, inseeCode }: PlaceInput): Place {
  const communes = gazetteer.byPostcode.get(postcode);
  if (!communes) throw invalid(unknownPostcode(postcode));
  if (inseeCode == null) return placeIn(theOnly(communes, postcode), postcode);
  const named = gazetteer.byCode.get(inseeCode);
  const commune = communes.find((candidate) => candidate.inseeCode === named?.inseeCode);
  if (!commune) {
    throw invalid(
      `The commune inseeCode names is not one of postcode ${postcode}: take one from communes(postcode: "${postcode}").`,
    );
  }
  return placeIn(commune, postcode);
}

export const knowsZone = (gazetteer: Gazetteer, zone: ZoneName): boolean =>
  gazetteer.zoneCodes.has(codeOf(zone));

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

// Address services answer with the arrondissement of Paris, Lyon or Marseille: the place is the commune.
function withArrondissements(
  byCode: ReadonlyMap<string, Commune>,
  rows: readonly CommuneRow[],
): ReadonlyMap<string, Commune> {
  const arrondissements = rows.flatMap((row): [string, Commune][] => {
    const whole = row.type === "arrondissement-municipal" ? byCode.get(row.commune ?? "") : undefined;
    return whole ? [[row.code, whole]] : [];
  });
  return new Map([...byCode, ...arrondissements]);
}

const zoneCodesIn = (communes: readonly Commune[]): ReadonlySet<string> =>
  new Set(
    communes.flatMap((commune) =>
      commune.postcodes.flatMap((postcode) => zoneCodesOf(placeIn(commune, postcode))),
    ),
  );

const placeIn = (commune: Commune, postcode: string): Place => ({
  inseeCode: commune.inseeCode,
  postcode,
  commune: commune.name,
  departement: commune.departement,
  region: commune.region,
  country: commune.country,
});

function theOnly(communes: readonly Commune[], postcode: string): Commune {
  const [only, ...others] = communes;
  if (only && others.length === 0) return only;
  throw invalid(
    `Postcode ${postcode} is shared by ${communes.length} communes: give inseeCode too; communes(postcode: "${postcode}") lists them.`,
  );
}

function unknownPostcode(postcode: string): string {
  return /^\d{5}$/.test(postcode)
    ? `No commune has postcode ${postcode}: give the postcode of the place itself, not a CEDEX one.`
    : "A postcode is five digits, such as 69003.";
}

const byName = (a: Commune, b: Commune): number =>
  a.name.localeCompare(b.name, "fr") || (a.inseeCode < b.inseeCode ? -1 : 1);
