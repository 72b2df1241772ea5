/**
 * Which place does the input identify? A postcode alone is often ambiguous: several communes share two thirds of the
 * postcodes, and two départements share some. An ambiguous postcode is refused, never guessed. locate.ts adds the
 * coordinates.
 */
import { invalid, type AppError } from "../../shared/errors";
import { plainPlace, type Arrondissement, type Commune, type Gazetteer } from "./gazetteer";
import { type Place } from "./place";

export interface PlaceInput {
  readonly postcode: string;
  readonly inseeCode?: string | null;
}

/**
 * The place that the input identifies. Throws an error that explains what is missing, with the communes to choose from
 * if the postcode is ambiguous.
 */
export function placeOf(gazetteer: Gazetteer, input: PlaceInput): Place {
  const postcode = postcodeIn(input.postcode);
  const communes = gazetteer.byPostcode.get(postcode);
  if (input.inseeCode != null) return namedPlace(gazetteer, postcode, input.inseeCode);
  return placeIn(gazetteer, { commune: theOnly(communes, postcode), postcode });
}

function namedPlace(gazetteer: Gazetteer, postcode: string, inseeCode: string): Place {
  const communes = gazetteer.byPostcode.get(postcode);
  const commune = gazetteer.byCode.get(inseeCode);
  const arrondissement = gazetteer.arrondissements.get(inseeCode);
  const named = arrondissement ?? commune;
  if (commune && named && !communes) {
    const ordinary = ordinaryPostcode(named.postcodes, postcode);
    return placeIn(gazetteer, { commune, postcode: ordinary, named: arrondissement });
  }
  if (!commune || !named?.postcodes.includes(postcode)) throw notThere(communes, postcode);
  return placeIn(gazetteer, { commune, postcode, named: arrondissement });
}

/** In Paris, Lyon and Marseille each postcode belongs to one arrondissement, so the postcode determines it. */
function placeIn(
  { arrondissements }: Gazetteer,
  { commune, postcode, named }: { commune: Commune; postcode: string; named?: Arrondissement | undefined },
): Place {
  const told = [...arrondissements.values()].find(({ postcodes }) => postcodes.includes(postcode));
  const { inseeCode = null } = named ?? (told?.commune === commune ? told : {});
  return { ...plainPlace(commune, postcode), arrondissement: inseeCode };
}

function theOnly(communes: readonly Commune[] | undefined, postcode: string): Commune {
  if (!communes) throw unknownPostcode(postcode);
  const [only, ...others] = communes;
  if (only && others.length === 0) return only;
  throw invalid(
    `Postcode ${postcode} is shared by ${communes.length} communes: give inseeCode too; communes(postcode: "${postcode}") lists them.`,
    { reason: "REQUIRED", field: "inseeCode", ...choiceOf(communes) },
  );
}

/** Reads "75334 CEDEX 07" as "75334". Other text is left unchanged and refused later if it is not five digits. */
const postcodeIn = (text: string): string => text.trim().replace(/^(\d{5})\s*cedex(\s+\d{1,2})?$/i, "$1");

/**
 * A postcode of no commune is accepted as a CEDEX code if it starts with the same two digits as one of the named
 * commune's postcodes. It is replaced by the commune's postcode if there is only one. Otherwise it is kept, and no
 * postcode zone contains it.
 */
function ordinaryPostcode(postcodes: readonly string[], given: string): string {
  const isNear = /^\d{5}$/.test(given) && postcodes.some((own) => own.slice(0, 2) === given.slice(0, 2));
  if (!isNear) throw unknownPostcode(given);
  const [only, ...others] = postcodes;
  return only && others.length === 0 ? only : given;
}

function notThere(communes: readonly Commune[] | undefined, postcode: string): AppError {
  if (!communes) return unknownPostcode(postcode);
  return invalid(
    `The commune inseeCode names is not one of postcode ${postcode}: take one from communes(postcode: "${postcode}").`,
    { reason: "UNKNOWN_VALUE", field: "inseeCode", ...choiceOf(communes) },
  );
}

const choiceOf = (communes: readonly Commune[]) => ({
  communes: communes.map(({ inseeCode, name }) => ({ inseeCode, name })),
});

function unknownPostcode(postcode: string): AppError {
  const field = "postcode";
  if (!/^\d{5}$/.test(postcode))
    return invalid("A postcode is five digits, such as 69003.", { reason: "MALFORMED", field });
  return invalid(
    `No commune has postcode ${postcode}: give the postcode of the place itself, or with a CEDEX one the commune's inseeCode too.`,
    { reason: "UNKNOWN_VALUE", field },
  );
}
