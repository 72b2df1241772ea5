/** A need prepared for the index: the codes of its place, grouped by how many campaigns each kind of code finds. */
import type { AnsweredFields } from "../../../offers/campaigns";
import type { AnswerValue } from "../../../reference/catalogue";
import { codesFinding, onGlobe, type GlobePoint, type Place } from "../../../reference/geo";
import type { Need } from "../match";

export interface IndexQuery {
  readonly need: Need;
  readonly at: Date;
  readonly codes: PlaceCodes;
  /** The codes of the administrative zones that contain the place. */
  readonly zoneCodes: readonly string[];
  /** null if the position is not known. */
  readonly point: GlobePoint | null;
}

export interface PlaceCodes {
  /** Country, région and département: the same for every place of a territory. */
  readonly wide: readonly string[];
  readonly narrow: readonly string[];
  /** A zone found by one of these cells may or may not contain the place. */
  readonly cells: readonly string[];
}

/**
 * Returns undefined for a field without an answer, also if the field is named like a property of
 * Object.prototype.
 */
export const answerTo = (field: string, { answers }: AnsweredFields): AnswerValue | undefined =>
  Object.hasOwn(answers, field) ? answers[field] : undefined;

export function indexQueryOf(need: Need, at: Date): IndexQuery {
  const codes = codesOf(need.place);
  const { position } = need.place;
  const point = position && onGlobe(position);
  return { need, at, codes, zoneCodes: [...codes.wide, ...codes.narrow], point };
}

function codesOf(place: Place): PlaceCodes {
  const codes = { wide: new Array<string>(), narrow: new Array<string>(), cells: new Array<string>() };
  for (const code of codesFinding(place)) codes[breadthOf(code)].push(code);
  return codes;
}

const breadths: Readonly<Record<string, keyof PlaceCodes>> = {
  country: "wide",
  region: "wide",
  departement: "wide",
  commune: "narrow",
  postcode: "narrow",
};

function breadthOf(code: string): keyof PlaceCodes {
  const end = code.indexOf(":");
  return breadths[end < 0 ? code : code.slice(0, end)] ?? "cells";
}
