/** Which suppliers a preview names. */
import fc from "fast-check";
import { noon, later, lead, candidate, worldArbitrary } from "../../../test/support/decision-worlds";
import { eligibleOf, match } from "./match";
import { previewRecipients } from "./preview";

describe("a preview", () => {
  it("uses the terms alone: schedule, caps and age do not matter", () => {
    const candidates = [
      candidate("closed", { schedule: [{ days: ["THU"], from: "09:00", to: "18:00" }] }),
      candidate("capped", { caps: [{ unit: "LEADS", period: "DAY", limit: 1 }], maxAgeHours: 1 }),
      candidate("paused", { status: "PAUSED" }),
      candidate("paused a while", { status: "PAUSED", pausedUntil: later(1) }),
      candidate("resumed", { status: "PAUSED", pausedUntil: noon }),
      candidate("elsewhere", { zones: [{ kind: "departement", code: "75" }] }),
      candidate("choosy", { criteria: [{ field: "body", isSet: true }] }),
    ];
    const shown = previewRecipients({ lead, candidates, at: noon, limit: 5 });
    expect(shown.map(({ campaignId }) => campaignId).sort()).toEqual(["capped", "closed", "resumed"]);
  });

  it("shows each supplier once, with its best campaign, and the best suppliers up to the limit", () => {
    const candidates = [
      candidate("a", { supplierId: "s1", pricePerLeadCents: 2_000 }),
      candidate("b", { supplierId: "s2", pricePerLeadCents: 4_000 }),
      candidate("c", { supplierId: "s1", pricePerLeadCents: 5_000 }),
      candidate("d", { supplierId: "s3", pricePerLeadCents: 3_000 }),
    ];
    const shown = (limit: number) =>
      previewRecipients({ lead, candidates, at: noon, limit }).map(({ campaignId }) => campaignId);
    expect(shown(5)).toEqual(["c", "b", "d"]);
    expect(shown(2)).toEqual(["c", "b"]);
  });

  it("shows every supplier that could be eligible, if the limit permits", () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const shown = previewRecipients({ ...world, limit: 5 });
        const names = shown.map(({ supplierId }) => supplierId);
        expect(new Set(names).size).toBe(names.length);
        for (const { supplierId } of eligibleOf(match(world))) expect(names).toContain(supplierId);
      }),
    );
  });
});
