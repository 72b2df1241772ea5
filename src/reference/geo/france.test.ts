import fc from "fast-check";
import type { AppError } from "../../shared/errors";
import { checkPolygon } from "./check-shape";
import { demoCentroids } from "./demo-centroids";
import { checkCircleMeetsFrance, checkIsInFrance, checkPolygonMeetsFrance, isInFrance } from "./france";
import type { Point } from "./polygon";

const towns: Readonly<Record<string, Point>> = {
  Ouessant: [-5.1, 48.46],
  Bonifacio: [9.16, 41.39],
  Menton: [7.5, 43.78],
  "Bray-Dunes": [2.52, 51.07],
  "Basse-Terre": [-61.73, 16],
  "Saint-Barthélemy": [-62.85, 17.9],
  "Fort-de-France": [-61.07, 14.61],
  Maripasoula: [-54.03, 3.64],
  Mamoudzou: [45.23, -12.78],
  "Saint-Pierre": [55.48, -21.34],
  Miquelon: [-56.38, 47.1],
  "Mata-Utu": [-176.17, -13.28],
  Papeete: [-149.57, -17.54],
  Nouméa: [166.46, -22.28],
};
const everyTown = [...Object.values(towns), ...Object.values(demoCentroids)];
const square = ([x, y]: Point, half = 0.1): Point[] => [
  [x - half, y - half],
  [x + half, y - half],
  [x + half, y + half],
  [x - half, y + half],
  [x - half, y - half],
];
const polygon = (...points: Point[]) =>
  checkPolygon({ type: "MultiPolygon", coordinates: points.map((point) => [square(point)]) });
const circle = ([longitude, latitude]: Point, radiusKm = 20) => ({ longitude, latitude, radiusKm });
const turned = ([x, y]: Point): Point => [y, x];
const refusalOf = (check: () => unknown): string | null => {
  try {
    check();
    return null;
  } catch (error) {
    const { code, details, message } = error as AppError;
    expect([code, details.reason]).toEqual(["INVALID_INPUT", "OUT_OF_RANGE"]);
    return message;
  }
};

describe("a shape in France", () => {
  it.each(Object.entries(towns))("is accepted around %s", (_town, point) => {
    expect(checkPolygonMeetsFrance(polygon(point)).boxes).toHaveLength(1);
    expect(checkCircleMeetsFrance(circle(point))).toEqual(circle(point));
  });

  it("is accepted wherever it meets France, however large it is", () => {
    const world: Point[] = [
      [-170, -80],
      [-60, -80],
      [60, -80],
      [170, -80],
      [170, 80],
      [60, 80],
      [-60, 80],
      [-170, 80],
      [-170, -80],
    ];
    expect(
      refusalOf(() => checkPolygonMeetsFrance(checkPolygon({ type: "Polygon", coordinates: [world] }))),
    ).toBe(null);
    expect(refusalOf(() => checkCircleMeetsFrance(circle([13.4, 52.5], 300)))).not.toBeNull();
    expect(refusalOf(() => checkCircleMeetsFrance(circle([-0.1, 51.5], 100)))).toBeNull();
  });

  it("is accepted across the antimeridian, from either side", () => {
    for (const longitude of [-176.2, 183.8 - 360, 179.9])
      expect(refusalOf(() => checkCircleMeetsFrance(circle([longitude, -13.3], 300)))).toBeNull();
  });

  it("may have parts elsewhere", () => {
    expect(refusalOf(() => checkPolygonMeetsFrance(polygon([4.8, 45.7], [13.4, 52.5])))).toBeNull();
  });
});

describe("a shape with longitude and latitude swapped", () => {
  it("is refused with that hint, wherever in France it was meant", () => {
    const swappable = everyTown.filter(([longitude]) => Math.abs(longitude) <= 90);
    fc.assert(
      fc.property(
        fc.constantFrom(...swappable),
        fc.double({ min: 1, max: 60, noNaN: true }),
        (town, radiusKm) => {
          const point = turned(town);
          expect(refusalOf(() => checkCircleMeetsFrance(circle(point, radiusKm)))).toContain(
            "seem to be swapped",
          );
          expect(refusalOf(() => checkPolygonMeetsFrance(polygon(point)))).toContain("seem to be swapped");
          const [longitude, latitude] = point;
          expect(isInFrance({ longitude, latitude })).toBe(false);
          expect(refusalOf(() => checkIsInFrance({ longitude, latitude }))).toContain("seem to be swapped");
        },
      ),
    );
  });

  it("is refused as one part of several, and the part is named", () => {
    expect(refusalOf(() => checkPolygonMeetsFrance(polygon([2.35, 48.86], [45.7, 4.8])))).toMatch(
      /^Part 2 of this polygon lies outside France/,
    );
  });
});

describe("a shape that meets no place of France either way", () => {
  it.each<[string, Point]>([
    ["Berlin", [13.4, 52.5]],
    ["Madrid", [-3.7, 40.4]],
    ["the middle of the Atlantic", [-30, 30]],
    ["nowhere", [0, 0]],
  ])("is refused without the hint: %s", (_where, point) => {
    for (const check of [
      () => checkCircleMeetsFrance(circle(point)),
      () => checkPolygonMeetsFrance(polygon(point)),
      () => checkIsInFrance({ longitude: point[0], latitude: point[1] }),
    ]) {
      const message = refusalOf(check);
      expect(message).toContain("lies outside France");
      expect(message).not.toContain("swapped");
    }
  });
});
