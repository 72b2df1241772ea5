/** A need as the index asks it: with the codes of its place sorted by how many campaigns they find. */
import type { AnsweredFields } from "../../../offers/campaigns";
import type { AnswerValue } from "../../../reference/catalogue";
import { codesFinding, onGlobe, type GlobePoint, type Place } from "../../../reference/geo";
import type { Need } from "../match";

export interface IndexQuery {
  readonly need: Need;
  readonly at: Date;
  readonly codes: PlaceCodes;
  /** Of the administrative zones that hold the place. */
  readonly zoneCodes: readonly string[];
  /** null if its position is not known. */
  readonly point: GlobePoint | null;
}

export interface PlaceCodes {
  /** Country, région, département: every place of a territory has the same. */
  readonly wide: readonly string[];
  readonly narrow: readonly string[];
  /** A zone found by one of these may hold the place, or not. */
  readonly cells: readonly string[];
}

/** Undefined where there is none: not what every object inherits, should a field be called so. */
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
