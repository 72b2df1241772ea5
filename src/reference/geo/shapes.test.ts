/** Tests shapes against independent geometry: winding numbers by angles, vectors in space, and plain translation. */
import fc from "fast-check";
import { AppError } from "../../shared/errors";
import { boxAround, circleHolds } from "./circle";
import { cellOf, cellsOf } from "./cells";
import { checkCircle, checkPolygon } from "./check-shape";
import type { Place } from "./place";
import { circlesIn, flatten } from "./flat-circles";
import { polygonHolds, type Point, type Ring } from "./polygon";
import { distanceKm, type Position } from "./position";
import { asksPosition, codesFinding, codesToFind, covers, zoneHolding, type Zone } from "./zones";

const wrapped = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180;
const at = ([longitude, latitude]: Point): Position => ({ longitude: wrapped(longitude), latitude });
const polygon = (...coordinates: Ring[]) => checkPolygon({ type: "Polygon", coordinates });
const holds = (shape: ReturnType<typeof polygon>, point: Point): boolean => polygonHolds(shape, at(point));
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return error.message;
    throw error;
  }
  throw new Error("Nothing was refused.");
};

/** The winding number of a ring around a point, computed by adding up angles instead of casting a ray. */
function turnsAround(ring: Ring, [x, y]: Point): number {
  const angles = ring.map(([a, b]) => Math.atan2(b - y, a - x));
  const turned = angles.slice(1).reduce((sum, angle, index) => {
    const step = angle - (angles[index] as number);
    return sum + Math.atan2(Math.sin(step), Math.cos(step));
  }, 0);
  return Math.round(turned / (2 * Math.PI));
}
const distanceToRing = (ring: Ring, [x, y]: Point): number =>
  Math.min(
    ...ring.slice(1).map(([bx, by], index) => {
      const [ax, ay] = ring[index] as Point;
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
      const share = Math.min(1, Math.max(0, along));
      return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
    }),
  );

/** Star-shaped polygons: every ray from the centre crosses the border once. A smaller copy of the ring is a hole. */
const star = fc
  .record({
    // Metropolitan France, Réunion, and both sides of the antimeridian.
    middle: fc.constantFrom<Point>([2.5, 46.5], [55.5, -21], [-178, -14], [179.25, -18], [-180, 0]),
    radii: fc.array(fc.double({ min: 0.2, max: 4, noNaN: true }), { minLength: 3, maxLength: 24 }),
    hole: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  })
  .map(({ middle: [x, y], radii, hole }) => {
    const ringOf = (scale: number): Point[] => {
      const points = radii.map((radius, index): Point => {
        const angle = (2 * Math.PI * index) / radii.length;
        return [x + scale * radius * Math.cos(angle), y + scale * radius * Math.sin(angle)];
      });
      return [...points, points[0] as Point];
    };
    return { middle: [x, y] as Point, outer: ringOf(1), hole: ringOf(hole) };
  });
const offset = fc.tuple(
  fc.double({ min: -5, max: 5, noNaN: true }),
  fc.double({ min: -5, max: 5, noNaN: true }),
);
const written = (ring: Ring): Ring => {
  const points = ring.slice(0, -1).map(([x, y]): Point => [wrapped(x), y]);
  return [...points, points[0] as Point];
};

describe("a polygon", () => {
  it("contains what its outer ring encloses and its holes do not, also across the antimeridian", () => {
    fc.assert(
      fc.property(star, offset, ({ middle, outer, hole }, [dx, dy]) => {
        const point: Point = [middle[0] + dx, middle[1] + dy];
        fc.pre(Math.min(distanceToRing(outer, point), distanceToRing(hole, point)) > 1e-7);
        const expected = turnsAround(outer, point) !== 0 && turnsAround(hole, point) === 0;
        expect(holds(polygon(written(outer), written(hole)), point)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it("excludes an area that a self-intersecting ring encloses twice", () => {
    const corner = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 }));
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 12 }), offset, (corners, [x, y]) => {
        const ring = [...corners, corners[0] as Point].map(([a, b]): Point => [a / 8, b / 8]);
        const width = new Set(ring.map(([a]) => a)).size;
        const height = new Set(ring.map(([, b]) => b)).size;
        fc.pre(width > 1 && height > 1 && distanceToRing(ring, [x, y]) > 1e-7);
        expect(holds(polygon(ring), [x, y])).toBe(turnsAround(ring, [x, y]) % 2 !== 0);
      }),
      { numRuns: 500 },
    );
  });

  it("contains what any of its parts contains", () => {
    fc.assert(
      fc.property(star, star, offset, (one, other, [dx, dy]) => {
        const point: Point = [one.middle[0] + dx, one.middle[1] + dy];
        const parts = [[written(one.outer), written(one.hole)], [written(other.outer)]];
        const both = checkPolygon({ type: "MultiPolygon", coordinates: parts });
        expect(holds(both, point)).toBe(parts.some((part) => holds(polygon(...part), point)));
      }),
    );
  });

  const square: Ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]; // prettier-ignore
  const hole: Ring = [[1, 1], [1, 3], [3, 3], [3, 1], [1, 1]]; // prettier-ignore
  it("contains its border and corners, and those of its holes", () => {
    const shape = polygon(square, hole);
    const border: Point[] = [[0, 0], [4, 4], [2, 0], [4, 1.5], [1, 1], [3, 2], [2, 3]]; // prettier-ignore
    for (const point of border) expect(holds(shape, point)).toBe(true);
    const outside: Point[] = [[2, 2], [1.001, 1.001], [4.001, 2], [-0.001, 0], [2, -0.001], [5, 4], [-1, 0]]; // prettier-ignore
    for (const point of outside) expect(holds(shape, point)).toBe(false);
  });

  it("covers both sides of the antimeridian, whether longitudes are written as 180 or -180", () => {
    const ring: Ring = [[179, -16], [-176, -16], [-176, -12], [179, -12], [179, -16]]; // prettier-ignore
    for (const longitude of [179, 179.9, 180, -180, -178.1, -176]) {
      expect(holds(polygon(ring), [longitude, -13.3])).toBe(true);
    }
    for (const longitude of [178.9, -175.9, 0, 2.35]) {
      expect(holds(polygon(ring), [longitude, -13.3])).toBe(false);
    }
  });

  const ring = (...points: unknown[]) => ({ type: "Polygon", coordinates: [points] });
  it.each<[string, unknown, string]>([
    ["no object", "POLYGON((0 0))", 'whose type is "Polygon" or "MultiPolygon"'],
    ["null", null, 'whose type is "Polygon"'],
    ["a feature", { type: "Feature", geometry: {} }, "of a Feature give its geometry."],
    ["a point", { type: "Point", coordinates: [1, 2] }, 'whose type is "Polygon"'],
    ["no coordinates", { type: "Polygon" }, "coordinates is a list of at least one of its rings."],
    ["no ring", { type: "Polygon", coordinates: [] }, "at least one of its rings"],
    ["no part", { type: "MultiPolygon", coordinates: [] }, "at least one of its polygons"],
    [
      "an empty part",
      { type: "MultiPolygon", coordinates: [[]] },
      "coordinates[0] is a list of at least one",
    ],
    ["two points", ring([0, 0], [1, 1]), "coordinates[0] has 2 points: a ring has at least 4"],
    ["an open ring", ring([0, 0], [1, 0], [1, 1], [0, 1]), "coordinates[0] is not closed"],
    ["text", ring([0, 0], ["1", 0], [1, 1], [0, 0]), "coordinates[0][1] is not a point"],
    ["half a point", ring([0, 0], [1], [1, 1], [0, 0]), "coordinates[0][1] is not a point"],
    ["a longitude", ring([0, 0], [181, 0], [1, 1], [0, 0]), "coordinates[0][1] is not a point"],
    ["a latitude", ring([0, 0], [1, 91], [1, 1], [0, 0]), "from -90 to 90"],
    ["a line", ring([0, 0], [1, 0], [2, 0], [0, 0]), "coordinates[0] encloses nothing"],
    [
      "the whole world",
      ring([-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]),
      "encloses nothing",
    ],
    ["half the globe", ring([-90, 0], [90, 0], [90, 9], [-90, 0]), "has an edge over half the globe"],
    ["a pole", ring([0, 70], [120, 70], [-120, 70], [0, 70]), "goes all the way round the globe"],
    [
      "too many points",
      ring(
        ...Array.from({ length: 5_001 }, (_, index) => [index % 5_000 ? 1 + index / 9_999 : 0, index % 2]),
      ),
      "at most 5000 points, and this has 5001: simplify it.",
    ],
  ])("is refused as %s", (_what, value, message) => {
    expect(refusal(() => checkPolygon(value))).toContain(message);
  });
});

const position = fc.record({
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
});
const circle = fc
  .record({ middle: position, radiusKm: fc.double({ min: 1, max: 300, noNaN: true }) })
  .map(({ middle, radiusKm }) => ({ ...middle, radiusKm }));
/** A point near a circle's border, in any direction. */
const nearBorder = fc
  .record({
    around: circle,
    bearing: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
    share: fc.double({ min: 0.5, max: 1.5, noNaN: true }),
  })
  .map(({ around, bearing, share }) => {
    const angle = (around.radiusKm * share) / 6_371.0088;
    const lat = (around.latitude * Math.PI) / 180;
    const sine = Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(bearing);
    const there = Math.asin(Math.max(-1, Math.min(1, sine)));
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(lat),
      Math.cos(angle) - Math.sin(lat) * Math.sin(there),
    );
    return {
      around,
      share,
      point: {
        longitude: wrapped(around.longitude + (turn * 180) / Math.PI),
        latitude: (there * 180) / Math.PI,
      },
    };
  });

it("flattened circles are restored unchanged", () => {
  fc.assert(
    fc.property(fc.array(circle, { maxLength: 3 }), (circles) => {
      expect(circlesIn(flatten(circles))).toEqual(circles);
    }),
  );
});

describe("a circle", () => {
  it("measures the same distances as vectors from the earth's centre", () => {
    const vector = ({ longitude, latitude }: Position): [number, number, number] => {
      const [a, b] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
      return [Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)];
    };
    fc.assert(
      fc.property(position, position, (one, other) => {
        const [a, b] = [vector(one), vector(other)];
        const chord = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        const expected = 2 * 6_371.0088 * Math.asin(Math.min(1, chord / 2));
        // Chords are inaccurate for nearly opposite points. No circle is nearly that large.
        fc.pre(chord < 1.99);
        expect(distanceKm(one, other)).toBeCloseTo(expected, 4);
      }),
    );
  });

  it("measures distances within 0.6 % of those on the ellipsoid", () => {
    // Paris to Lyon and Paris to Brest by Vincenty's formulae on WGS 84.
    const paris = { longitude: 2.3522, latitude: 48.8566 };
    expect(Math.abs(distanceKm(paris, { longitude: 4.8357, latitude: 45.764 }) / 391.713 - 1)).toBeLessThan(
      0.006,
    );
    expect(Math.abs(distanceKm(paris, { longitude: -4.4861, latitude: 48.3904 }) / 506.615 - 1)).toBeLessThan(
      0.006,
    );
  });

  it("contains exactly the points within its radius, also across poles and the antimeridian", () => {
    fc.assert(
      fc.property(nearBorder, ({ around, share, point }) => {
        fc.pre(Math.abs(share - 1) > 1e-6);
        expect(circleHolds(around, point)).toBe(share < 1);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, unknown, string]>([
    ["longitude", { longitude: 181, latitude: 0, radiusKm: 5 }, "longitude of a circle is from -180 to 180"],
    ["latitude", { longitude: 0, latitude: -91, radiusKm: 5 }, "latitude of a circle is from -90 to 90"],
    ["NaN", { longitude: NaN, latitude: 0, radiusKm: 5 }, "longitude of a circle"],
    ["nothing", {}, "longitude of a circle"],
    ["no radius", { longitude: 0, latitude: 0, radiusKm: 0.9 }, "radiusKm is from 1 to 300"],
    ["a radius too far", { longitude: 0, latitude: 0, radiusKm: 301 }, "for more use regions or a polygon."],
    ["no number", { longitude: 0, latitude: 0, radiusKm: NaN }, "radiusKm is from 1 to 300"],
  ])("is refused for %s", (_what, value, message) => {
    expect(refusal(() => checkCircle(value))).toContain(message);
  });
});

describe("the cells of shapes", () => {
  const place = (where: Position | null): Place => ({
    ...{ inseeCode: "98613", postcode: "98600", commune: "Uvea", arrondissement: null },
    ...{ departement: "986", region: null, country: "WF" },
    ...{ position: where, precision: where ? "COMMUNE" : "NONE" },
  });
  const isFound = (zones: readonly Zone[], where: Position): boolean =>
    codesFinding(place(where)).some((code) => codesToFind(zones).includes(code));

  it("lead to every shape that contains a place", () => {
    fc.assert(
      fc.property(nearBorder, ({ around, point }) => {
        const zones: Zone[] = [{ kind: "circle", ...around }];
        if (covers(zones, place(point))) expect(isFound(zones, point)).toBe(true);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(star, offset, ({ middle, outer }, [dx, dy]) => {
        const zones: Zone[] = [{ kind: "polygon", ...polygon(written(outer)) }];
        const point = at([middle[0] + dx, middle[1] + dy]);
        if (covers(zones, place(point))) expect(isFound(zones, point)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("are few for a small circle and one code for a very large box", () => {
    const lyon = { longitude: 4.84, latitude: 45.76, radiusKm: 30 };
    const cells = cellsOf([boxAround(lyon)]);
    expect(cells.length).toBeLessThan(16);
    expect(cells).toContain(cellOf(lyon));
    expect(cellsOf([{ west: -30, south: -30, east: 30, north: 30 }])).toEqual(["shape"]);
  });

  it("never match a place without a position, and asksPosition reports that one was needed", () => {
    const everywhere: Zone = { kind: "circle", longitude: -176.2, latitude: -13.3, radiusKm: 300 };
    const wallis: Zone = { kind: "country", code: "WF" };
    expect(covers([everywhere], place(null))).toBe(false);
    expect(asksPosition([everywhere], place(null))).toBe(true);
    expect(asksPosition([wallis], place(null))).toBe(false);
    expect(zoneHolding([everywhere, wallis], place(null))).toBe(wallis);
    const known = place({ longitude: -176.17, latitude: -13.28 });
    expect(zoneHolding([everywhere, wallis], known)).toBe(everywhere);
    expect(asksPosition([everywhere], known)).toBe(false);
  });
});
