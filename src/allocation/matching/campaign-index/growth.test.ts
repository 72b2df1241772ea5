/** The size of the index depends on the campaigns it holds, not on how often they have changed. */
import type { Criterion } from "../../../offers/campaigns";
import type { Zone } from "../../../reference/geo";
import type { Candidate } from "../facts";
import type { Need } from "../match";
import { CampaignIndex } from "./campaign-index";
import type { CampaignState } from "./indexed-campaign";

const at = new Date("2026-06-17T10:00:00Z");
const campaigns = 200;
const changes = 6_000;
const departements = ["01", "13", "33", "44", "59", "69", "75", "974"];

/** Seeded, so that every run is the same. */
function drawsFrom(seed: number) {
  let state = seed;
  const below = (count: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  return { below, pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item };
}
type Draws = ReturnType<typeof drawsFrom>;

const zoneKinds: readonly ((draws: Draws) => Zone)[] = [
  ({ pick }) => ({ kind: "departement", code: pick(departements) }),
  ({ below }) => ({ kind: "postcode", code: String(10_000 + below(300)) }),
  ({ below }) => ({ kind: "circle", longitude: below(8), latitude: 43 + below(7), radiusKm: 20 + below(40) }),
];
const criterionKinds: readonly ((draws: Draws) => Criterion)[] = [
  ({ below }) => ({ field: "make", oneOf: [`M${below(30)}`, `M${below(30)}`] }),
  ({ below }) => ({ field: "budget", min: below(20_000), max: 20_000 + below(20_000) }),
  ({ below }) => ({ field: "day", min: `2026-0${1 + below(9)}-01` }),
  ({ below }) => ({ field: `field${below(10)}`, isSet: true }),
  ({ below }) => ({ field: "horizon", min: `today+${below(90)}d` }),
];

function candidate(number: number, draws: Draws): Candidate {
  const some = <Item>(most: number, item: () => Item): Item[] =>
    Array.from({ length: draws.below(most + 1) }, item);
  const zones = [draws.pick(zoneKinds)(draws), ...some(5, () => draws.pick(zoneKinds)(draws))];
  return {
    campaignId: `c${number}`,
    supplierId: `s${draws.below(60)}`,
    version: 1,
    status: "ACTIVE",
    pausedUntil: null,
    terms: {
      ...{ name: "Anything", product: draws.pick(["CAR", "LEASE"]), formVersion: 1, site: null },
      zones,
      excludedZones: some(1, () => draws.pick(zoneKinds)(draws)),
      criteria: some(4, () => draws.pick(criterionKinds)(draws)),
      pricePerLeadCents: 2_000 + draws.below(1_000),
      ...{ caps: [], timeZone: "Europe/Paris", schedule: [], maxSeats: null, maxAgeHours: 24 },
    },
  };
}

/** Drawn from more makes, budgets and places than the row caches hold. */
const need = ({ below, pick }: Draws): Need => ({
  product: "CAR",
  answers: { make: `M${below(600)}`, budget: below(50_000), day: "2026-06-17" },
  textsAnswered: [],
  place: {
    ...{ inseeCode: String(below(20_000)), postcode: String(10_000 + below(2_000)), commune: "Lieu" },
    ...{ arrondissement: null, departement: pick(departements), region: null, country: `C${below(600)}` },
    position: { longitude: below(800) / 100, latitude: 43 + below(700) / 100 },
    precision: "ADDRESS",
  },
});

const standings: readonly CampaignState[] = [
  { status: "PAUSED", pausedUntil: null },
  { status: "PAUSED", pausedUntil: at },
  { status: "ACTIVE", pausedUntil: null },
  { status: "ARCHIVED", pausedUntil: null },
];

function change(index: CampaignIndex, draws: Draws): void {
  const number = draws.below(campaigns);
  if (draws.below(2) === 0) index.replace(candidate(number, draws));
  else index.setState(`c${number}`, draws.pick(standings));
  if (draws.below(4) === 0) index.matching(need(draws), at);
}

/** Counts everything reachable from `root`: the elements of arrays, maps, sets and typed arrays. */
function extentOf(root: unknown): number {
  const seen = new Set<unknown>();
  const waiting = [root];
  let extent = 0;
  for (let one = waiting.pop(); waiting.length > 0 || one !== undefined; one = waiting.pop()) {
    if (typeof one !== "object" || one === null || seen.has(one)) continue;
    seen.add(one);
    if (ArrayBuffer.isView(one)) extent += one.byteLength / 4;
    else {
      const parts: unknown[] =
        one instanceof Map ? [...(one as Map<unknown, unknown>)].flat() : Object.values(one);
      extent += parts.length;
      waiting.push(...parts.filter((part) => typeof part === "object" && part !== null));
    }
  }
  return extent;
}

describe("the index after many changes", () => {
  it("does not grow", () => {
    const draws = drawsFrom(20_261_125);
    const index = new CampaignIndex();
    for (let number = 0; number < campaigns; number++) index.replace(candidate(number, draws));
    // Warm up until archived campaigns balance those that return, and the row caches are full.
    for (let done = 0; done < changes / 4; done++) {
      change(index, draws);
      index.matching(need(draws), at);
    }
    const settled = extentOf(index);
    for (let done = 0; done < changes; done++) change(index, draws);
    expect(index.size).toBeGreaterThan(campaigns / 2);
    expect(settled).toBeGreaterThan(5_000);
    expect(extentOf(index)).toBeLessThan(settled * 1.1);
  });

  it("is empty again after all campaigns have been removed", () => {
    const draws = drawsFrom(7);
    const index = new CampaignIndex();
    const churn = (): number => {
      for (let done = 0; done < 1_000; done++) change(index, draws);
      for (let number = 0; number < campaigns; number++) index.remove(`c${number}`);
      return extentOf(index);
    };
    const [, second = 0, ...later] = Array.from({ length: 6 }, churn);
    expect(index.size).toBe(0);
    for (const extent of later) expect(extent).toBeLessThan(second * 1.2);
  });
});
