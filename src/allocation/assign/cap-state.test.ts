import { type CampaignTerms } from "../../offers/campaigns";
import { windowKey, windowsOf } from "./capacities";
import { capStatesOf } from "./cap-state";

const at = new Date("2026-06-17T10:20:00Z");
const campaign = {
  campaignId: "one",
  supplierId: "atlas",
  terms: {
    timeZone: "Europe/Paris",
    caps: [
      { unit: "LEADS", period: "HOUR", limit: 2 },
      { unit: "SPEND_CENTS", period: "DAY", limit: 9_000 },
    ],
  } as unknown as CampaignTerms,
};
const used = (...counts: number[]): ReadonlyMap<string, number> =>
  new Map(windowsOf(campaign, at).map((window, index) => [windowKey(window), counts[index] ?? 0]));

describe("what is left of a cap", () => {
  it("is the limit minus the usage of the current window", () => {
    expect(capStatesOf(campaign, at, used(1, 3_000))).toEqual([
      {
        unit: "LEADS",
        period: "HOUR",
        limit: 2,
        used: 1,
        left: 1,
        resetsAt: new Date("2026-06-17T11:00:00Z"),
      },
      {
        unit: "SPEND_CENTS",
        period: "DAY",
        limit: 9_000,
        used: 3_000,
        left: 6_000,
        resetsAt: new Date("2026-06-17T22:00:00Z"),
      },
    ]);
  });

  it("is the whole limit in a window without usage", () => {
    expect(capStatesOf(campaign, at, new Map()).map(({ left }) => left)).toEqual([2, 9_000]);
  });

  it("is zero if an edit lowered the limit below the usage", () => {
    expect(capStatesOf(campaign, at, used(5, 9_001)).map(({ left }) => left)).toEqual([0, 0]);
  });
});
