/** Compares the result with the plain distance along the ground. */
import fc from "fast-check";
import {
  checkPolygon,
  covers,
  distanceKm,
  flatten,
  onGlobe,
  type Place,
  type Zone,
} from "../../../reference/geo";
import { NearCircles } from "./near-circles";

const position = fc.record({
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
});
/** A point next to the border, on either side by the smallest possible difference, or anywhere on the globe. */
const circleAndPoint = fc
  .record({
    middle: position,
    point: position,
    share: fc.oneof(
      fc.constantFrom(1, 1 + 1e-16, 1 - 1e-16, 1 + 1e-13, 1 - 1e-13, 1 + 1e-7, 1 - 1e-7),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
    ),
  })
  .map(({ middle, point, share }) => ({
    circle: { ...middle, radiusKm: distanceKm(middle, point) * share },
    point,
  }));
const noPolygons = { codes: [], polygons: [] };

describe("NearCircles", () => {
  it("answers INSIDE or OUTSIDE only if the distance agrees", () => {
    fc.assert(
      fc.property(circleAndPoint, fc.array(circleAndPoint, { maxLength: 3 }), ({ circle, point }, others) => {
        const circles = [circle, ...others.map((other) => other.circle)];
        const near = new NearCircles();
        near.add(7, { ...noPolygons, circles: flatten(circles) });
        const side = near.sideOf(7, onGlobe(point));
        const zones = circles.map((one): Zone => ({ kind: "circle", ...one }));
        if (side !== "AT_BORDER") expect(side === "INSIDE").toBe(covers(zones, { position: point } as Place));
      }),
      { numRuns: 2_000 },
    );
  });

  it("decides every point that is a thousandth of the radius away from the border", () => {
    fc.assert(
      fc.property(circleAndPoint, ({ circle, point }) => {
        const share = distanceKm(circle, point) / circle.radiusKm;
        // Near the antipode the straight distance hardly changes with the distance along the ground.
        fc.pre(circle.radiusKm > 1 && circle.radiusKm < 10_000 && Math.abs(share - 1) > 1e-3);
        const near = new NearCircles();
        near.add(0, { ...noPolygons, circles: flatten([circle]) });
        expect(near.sideOf(0, onGlobe(point))).toBe(share < 1 ? "INSIDE" : "OUTSIDE");
      }),
    );
  });

  it("leaves polygons undecided", () => {
    const ring: [number, number][] = [
      [4, 45],
      [5, 45],
      [5, 46],
      [4, 45],
    ];
    const polygon = { kind: "polygon" as const, ...checkPolygon({ type: "Polygon", coordinates: [ring] }) };
    const near = new NearCircles();
    near.add(3, { codes: [], circles: [], polygons: [polygon] });
    expect(near.sideOf(3, onGlobe({ longitude: 0, latitude: 0 }))).toBe("AT_BORDER");
  });

  it("keeps the circles of each campaign apart through additions and removals", () => {
    const circles = fc.array(circleAndPoint, { maxLength: 4 }).map((all) => all.map(({ circle }) => circle));
    const change = fc.record({ handle: fc.nat(20), circles });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60, size: "max" }), position, (changes, point) => {
        const near = new NearCircles();
        const model = new Map<number, (typeof changes)[number]["circles"]>();
        for (const one of changes) {
          near.remove(one.handle);
          near.add(one.handle, { ...noPolygons, circles: flatten(one.circles) });
          model.set(one.handle, one.circles);
        }
        for (const [handle, own] of model) {
          const alone = new NearCircles();
          alone.add(0, { ...noPolygons, circles: flatten(own) });
          expect(near.sideOf(handle, onGlobe(point))).toBe(alone.sideOf(0, onGlobe(point)));
        }
      }),
      { numRuns: 100 },
    );
  });
});
