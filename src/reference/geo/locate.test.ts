import fc from "fast-check";
import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { resolvePlace } from "./communes.adapter";
import { locate, locateInput, placeAt, type PositionInput } from "./locate";
import type { PlaceInput } from "./place-of";

const lyon = resolvePlace({ postcode: "69003" });
const centroid = { longitude: 4.83, latitude: 45.76 };
const exact = { longitude: 4.8567, latitude: 45.7608 };
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return error.message;
    throw error;
  }
  throw new Error("Nothing was refused.");
};

describe("the position of a place", () => {
  it("is the commune's centroid, or unknown, if none is given", () => {
    expect(locate(lyon, {}, centroid)).toEqual({
      place: { ...lyon, position: centroid, precision: "COMMUNE" },
      position: null,
    });
    expect(locate(lyon, { longitude: null, latitude: null }, null)).toEqual({ place: lyon, position: null });
  });

  it("is separate from the place if it is the person's own, and placeAt adds it rounded", () => {
    const { place, position } = locate(lyon, exact, centroid);
    expect(JSON.stringify(place)).not.toContain("4.8567");
    expect(placeAt(place, position)).toEqual({
      ...lyon,
      position: { longitude: 4.86, latitude: 45.76 },
      precision: "ADDRESS",
    });
    expect(placeAt(place, null)).toBe(place);
    expect(locate(lyon, exact, null)).toEqual({ place: lyon, position: exact });
  });

  it("is rounded to the same hundredth of a degree for all shapes", () => {
    const hundredths = (span: number) => fc.integer({ min: -span, max: span }).map((count) => count / 100);
    const within = fc.double({ min: -0.004_999, max: 0.004_999, noNaN: true });
    fc.assert(
      fc.property(hundredths(17_900), hundredths(8_900), within, within, (longitude, latitude, x, y) => {
        const seen = placeAt(lyon, { longitude: longitude + x, latitude: latitude + y }).position;
        expect(seen).toEqual(placeAt(lyon, { longitude, latitude }).position);
        expect(JSON.parse(JSON.stringify(seen))).toStrictEqual(seen);
      }),
    );
  });

  it.each<[string, Record<string, number>, string]>([
    ["half of it", { longitude: 4.8 }, "longitude and latitude go together: give both, or none."],
    ["the other half", { latitude: 45.8 }, "go together"],
    ["beyond the globe", { longitude: 4.8, latitude: 95 }, "latitude from -90 to 90 degrees."],
    ["no number", { longitude: NaN, latitude: 45 }, "longitude is from -180 to 180"],
    ["Paris", { longitude: 2.35, latitude: 48.86 }, "lie far from Lyon"],
    ["the wrong way round", { longitude: 45.76, latitude: 4.85 }, "seem to be swapped"],
  ])("is refused as %s, without repeating it", (_what, given, message) => {
    const said = refusal(() => locate(lyon, given, centroid));
    expect(said).toContain(message);
    for (const value of Object.values(given)) expect(said).not.toContain(` ${value}`);
  });

  it("may be far from the centroid where communes are as large as départements", () => {
    const maripasoula = resolvePlace({ postcode: "97370", inseeCode: "97353" });
    const far = { longitude: -54.0, latitude: 3.65 };
    expect(locate(maripasoula, far, { longitude: -53.5, latitude: 2.7 }).position).toEqual(far);
  });
});

describe("the faults of a location", () => {
  const faultsIn = (input: PlaceInput & PositionInput): unknown[] => {
    try {
      locateInput(input, { placeOf: resolvePlace, centroidOf: () => centroid });
    } catch (error) {
      if (error instanceof AppError) return faultsOf(error).map(({ field, reason }) => [field, reason]);
      throw error;
    }
    return [];
  };

  it.each<[string, PlaceInput & PositionInput, [string, string][]]>([
    ["none", { postcode: "69003", ...exact }, []],
    [
      "a malformed postcode and half a position",
      { postcode: "Lyon", latitude: 45 },
      [
        ["postcode", "MALFORMED"],
        ["longitude", "REQUIRED"],
      ],
    ],
    [
      "a postcode of several communes and a position beyond the globe",
      { postcode: "97500", longitude: 4, latitude: 95 },
      [
        ["inseeCode", "REQUIRED"],
        ["latitude", "OUT_OF_RANGE"],
      ],
    ],
    ["an unassigned postcode", { postcode: "00000" }, [["postcode", "UNKNOWN_VALUE"]]],
    ["a commune elsewhere", { postcode: "69003", inseeCode: "75056" }, [["inseeCode", "UNKNOWN_VALUE"]]],
    [
      "a position far away",
      { postcode: "69003", longitude: 2.35, latitude: 48.86 },
      [["longitude", "OUT_OF_RANGE"]],
    ],
  ])("are all found at once: %s", (_what, input, faults) => {
    expect(faultsIn(input)).toEqual(faults);
  });
});
