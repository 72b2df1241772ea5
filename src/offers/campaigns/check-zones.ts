/**
 * Are these zones valid: each given in exactly one way, with a code or shape that exists? Which places they
 * contain is decided in reference/geo.
 */
import {
  checkCircle,
  checkCircleMeetsFrance,
  checkPolygon,
  checkPolygonMeetsFrance,
  type Zone,
  type ZoneKind,
  type ZoneName,
} from "../../reference/geo";
import { invalid } from "../../shared/errors";
import { checkEach, checkField } from "../../shared/faults";
import { type ZoneInput } from "./terms-input";

/** The zone under its current name, or null if there is none. */
export type ZoneOfToday = (zone: ZoneName) => ZoneName | null;

const zoneLimit = 2_000;
/** As many circles as fit into one request. */
const shapeLimit = 1_000;
const kinds: readonly ZoneKind[] = ["country", "region", "departement", "postcode", "commune"];
const shapes = ["circle", "polygon"] as const;
const nouns: Readonly<Record<ZoneKind, string>> = {
  country: "country",
  region: "région",
  departement: "département",
  postcode: "postcode",
  commune: "commune",
};
const mends: Readonly<Record<ZoneKind, string>> = {
  country: "use FR, or a collectivity's own code (PM, BL, MF, WF, PF, NC)",
  region: "use the INSEE code of a région, such as 84",
  departement: "use a code such as 69, 2A or 974",
  postcode: "use the postcode of a commune, such as 69003, not a CEDEX one",
  commune: "use the INSEE code of a commune of today, or an arrondissement, such as 69123 or 69383",
};

/**
 * At least one zone is required. Duplicates are removed. Throws INVALID_INPUT with all faults; their fields are paths
 * inside the list, such as `[0].circle.radiusKm`.
 */
export function checkZones(inputs: readonly ZoneInput[], zoneOfToday: ZoneOfToday): Zone[] {
  if (inputs.length === 0) {
    throw invalid('A campaign covers at least one zone: for all of France give { country: "FR" }.', {
      reason: "EMPTY",
    });
  }
  return checkExcludedZones(inputs, zoneOfToday);
}

/** Like `checkZones`, but the list may be empty. */
export function checkExcludedZones(inputs: readonly ZoneInput[], zoneOfToday: ZoneOfToday): Zone[] {
  if (inputs.length > zoneLimit) {
    throw invalid(`A campaign takes at most ${zoneLimit} zones: use wider ones, such as a département.`, {
      reason: "TOO_MANY",
    });
  }
  if (inputs.filter(isShape).length > shapeLimit) {
    throw invalid(
      `Of the zones at most ${shapeLimit} are circles or polygons: use named ones, such as communes.`,
      {
        reason: "TOO_MANY",
      },
    );
  }
  const zones = checkEach(inputs, (input) => checkZone(input, zoneOfToday));
  return [...new Map(zones.map((zone) => [JSON.stringify(zone), zone])).values()];
}

const isShape = (input: ZoneInput): boolean => shapes.some((shape) => input[shape] != null);

function checkZone(input: ZoneInput, zoneOfToday: ZoneOfToday): Zone {
  const given = [...kinds, ...shapes].filter((key) => input[key] != null);
  const [way] = given;
  if (way === undefined || given.length > 1) {
    throw invalid(
      `A zone is named in exactly one way (${[...kinds, ...shapes].join(", ")}), not in ${given.length}.`,
      { reason: "NOT_EXACTLY_ONE" },
    );
  }
  return checkField(way, () => {
    if (way === "circle") return { kind: way, ...checkCircleMeetsFrance(checkCircle(input.circle)) };
    if (way === "polygon") return { kind: way, ...checkPolygonMeetsFrance(checkPolygon(input.polygon)) };
    return checkCode(way, input[way], zoneOfToday);
  });
}

function checkCode(kind: ZoneKind, code: unknown, zoneOfToday: ZoneOfToday): ZoneName {
  if (typeof code !== "string") throw invalid("The code of a zone is text.", { reason: "MALFORMED" });
  const zone = { kind, code: code.trim().toUpperCase() };
  const today = zoneOfToday(zone);
  if (!today) throw invalid(`${unknown(zone)}: ${mends[kind]}.`, { reason: "UNKNOWN_VALUE" });
  return today;
}

const unknown = ({ kind, code }: ZoneName): string =>
  /^[0-9A-Z]{1,5}$/.test(code) ? `There is no ${nouns[kind]} ${code}` : `There is no such ${nouns[kind]}`;
