/**
 * On which side of a campaign's circles does a place lie? The circles of all campaigns are stored as numbers
 * in one flat array, because one query tests hundreds of campaigns, and looking each of them up would cost
 * more than the arithmetic. Freed slots are used again.
 */
import { circlesIn, onGlobe, squareOfReach, type GlobePoint } from "../../../reference/geo";
import type { IndexedZones } from "./indexed-campaign";

/**
 * AT_BORDER: too close to the border to decide, or the campaign has shapes other than circles. The shapes
 * themselves must be checked.
 */
export type Side = "INSIDE" | "OUTSIDE" | "AT_BORDER";

/** Per slot: x, y and z of the centre, and the square of the distance to the border. */
const numbersEach = 4;
/** Wider than any rounding error: about a millimetre for a circle of 20 km. */
const margin = 1e-12;
const none = -1;

export class NearCircles {
  private numbers = new Float64Array(0);
  /** By slot: the next slot of the same campaign, or the next free slot. */
  private next = new Int32Array(0);
  private firstOf = new Int32Array(0);
  private free = none;

  add(handle: number, { circles, polygons }: IndexedZones): void {
    if (circles.length === 0 && polygons.length === 0) return;
    this.reach(handle);
    for (const circle of circlesIn(circles)) this.put(handle, onGlobe(circle), squareOfReach(circle));
    // NaN is neither inside nor outside, so `sideOf` answers AT_BORDER.
    if (polygons.length > 0) this.put(handle, { x: NaN, y: NaN, z: NaN }, NaN);
  }

  remove(handle: number): void {
    for (let place = this.first(handle); place !== none; place = this.first(handle)) {
      this.firstOf[handle] = this.next[place] as number;
      this.next[place] = this.free;
      this.free = place;
    }
  }

  sideOf(handle: number, point: GlobePoint): Side {
    let side: Side = "OUTSIDE";
    for (let place = this.first(handle); place !== none; place = this.next[place] as number) {
      const at = place * numbersEach;
      const x = (this.numbers[at] as number) - point.x;
      const y = (this.numbers[at + 1] as number) - point.y;
      const z = (this.numbers[at + 2] as number) - point.z;
      const within = (this.numbers[at + 3] as number) - (x * x + y * y + z * z);
      if (within > margin) return "INSIDE";
      if (!(within < -margin)) side = "AT_BORDER";
    }
    return side;
  }

  private first(handle: number): number {
    return handle < this.firstOf.length ? (this.firstOf[handle] as number) : none;
  }

  private put(handle: number, { x, y, z }: GlobePoint, reach: number): void {
    if (this.free === none) this.extend();
    const place = this.free;
    this.free = this.next[place] as number;
    this.numbers.set([x, y, z, reach], place * numbersEach);
    this.next[place] = this.first(handle);
    this.firstOf[handle] = place;
  }

  private reach(handle: number): void {
    const known = this.firstOf.length;
    if (handle < known) return;
    const firstOf = new Int32Array(handle + 1 + (handle >>> 2)).fill(none, known);
    firstOf.set(this.firstOf);
    this.firstOf = firstOf;
  }

  /** All new slots are free. */
  private extend(): void {
    const known = this.next.length;
    const length = known + (known >>> 2) + 8;
    const numbers = new Float64Array(length * numbersEach);
    numbers.set(this.numbers);
    const next = Int32Array.from({ length }, (_, place) => (place + 1 < length ? place + 1 : none));
    next.set(this.next);
    this.numbers = numbers;
    this.next = next;
    this.free = known;
  }
}
