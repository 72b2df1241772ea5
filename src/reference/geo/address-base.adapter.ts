/**
 * Looks up the position of a street address in the national address base. The lookup is optional: it is used when the
 * form gave no position, and after any failure the position is unknown.
 */
import { askJson } from "../../platform/ask-json";
import { communeByCode } from "./communes.adapter";
import type { Place } from "./place";
import { isPosition, type Position } from "./position";

export interface AddressBase {
  /** Null if the position is unknown or the answer does not arrive in time. */
  find(street: string, place: Place): Promise<Position | null>;
}

export interface AddressBaseOptions {
  /** The base URL, without a trailing slash. */
  readonly base: string;
  readonly timeoutMs?: number;
  /** Receives the reason of a failure, never the address. */
  readonly onFailure: (error: unknown) => void;
}

/** The answer must arrive within this time, because a person is waiting for the form. */
export const addressLimits = { timeoutMs: 2_000 } as const;

const lowestScore = 0.6;

export const noAddressBase: AddressBase = { find: () => Promise.resolve(null) };

export function addressBaseAt(options: AddressBaseOptions): AddressBase {
  const { base, timeoutMs = addressLimits.timeoutMs, onFailure } = options;
  return {
    find: async (street, place) => {
      try {
        return positionIn(await ask(searchUrl(base, street, place), timeoutMs), place);
      } catch (error) {
        onFailure(error);
        return null;
      }
    },
  };
}

function searchUrl(base: string, street: string, place: Place): URL {
  const url = new URL(`${base}/search`);
  url.searchParams.set("q", `${street} ${place.postcode} ${place.commune}`);
  url.searchParams.set("citycode", place.arrondissement ?? place.inseeCode);
  url.searchParams.set("limit", "1");
  return url;
}

async function ask(url: URL, timeoutMs: number): Promise<unknown> {
  const { status, body } = await askJson({ url, timeoutMs });
  if (status !== 200) throw new Error(`it answered with status ${status}`);
  return body;
}

interface Feature {
  readonly geometry?: { readonly coordinates?: unknown };
  readonly properties?: { readonly score?: unknown; readonly citycode?: unknown; readonly type?: unknown };
}

/** The position of a good match in the same commune. A match of the whole commune does not count. */
function positionIn(answer: unknown, place: Place): Position | null {
  const features = (answer as { features?: unknown } | null)?.features;
  if (!Array.isArray(features)) throw new Error("its answer is not a list of features");
  const [feature] = features as (Feature | null)[];
  return feature && isGood(feature) && isIn(feature, place) ? pointOf(feature.geometry?.coordinates) : null;
}

const isGood = ({ properties: { score, type } = {} }: Feature): boolean =>
  typeof score === "number" && score >= lowestScore && type !== "municipality";

const isIn = ({ properties: { citycode } = {} }: Feature, { inseeCode }: Place): boolean =>
  typeof citycode === "string" && communeByCode(citycode)?.inseeCode === inseeCode;

function pointOf(coordinates: unknown): Position | null {
  const [longitude, latitude] = Array.isArray(coordinates) ? (coordinates as unknown[]) : [];
  if (typeof longitude !== "number" || typeof latitude !== "number") return null;
  return isPosition({ longitude, latitude }) ? { longitude, latitude } : null;
}
