import type { ConsentAct, ConsentGiven, ConsentWithdrawn } from "../../people/consent";
import type { DeliveryRow } from "../../delivery/deliveries";
import { recipientsOf } from "./personal-view";

const given: ConsentGiven = {
  kind: "GIVEN",
  shown: ["cazal", "atlas", "borel"].map((supplierId) => ({
    supplierId,
    name: `Garage ${supplierId}`,
    creditAgencies: [],
    ...(supplierId === "atlas" ? { country: "BE" } : {}),
  })),
  grants: [
    { purpose: "TRANSMIT", supplierIds: ["atlas", "cazal"], channels: ["EMAIL"] },
    { purpose: "TRANSMIT", supplierIds: ["atlas"], channels: ["PHONE"] },
  ],
  declared: { formVersion: 1, language: "FR", textHash: "0".repeat(64) },
};
const withdrawn = (what: Omit<ConsentWithdrawn, "kind"> = {}): ConsentWithdrawn => ({
  kind: "WITHDRAWN",
  ...what,
});
const matchedAt = new Date("2026-11-20T09:00:00Z");
const revokedAt = new Date("2026-11-21T09:00:00Z");
const acknowledgedAt = new Date("2026-11-21T10:00:00Z");

const delivery = (change: Partial<DeliveryRow>): DeliveryRow => ({
  month: 322,
  id: "0142b2c3-0000-8000-8000-00000000000d",
  leadId: "0142b2c3-0000-8000-8000-000000000001",
  supplierId: "atlas",
  campaignId: "0a1b2c3d-0000-4000-8000-00000000000c",
  campaignVersion: 1,
  seat: 1,
  seats: 3,
  priceCents: 3_000,
  matchedAt,
  channels: ["EMAIL", "PHONE"],
  consent: {
    supplierName: "Garage atlas",
    channels: ["EMAIL", "PHONE"],
    givenAt: matchedAt.toISOString(),
    formVersion: 1,
    language: "FR",
    textHash: "0".repeat(64),
  },
  why: [],
  creditedAt: null,
  revokedAt: null,
  revocationReason: null,
  acknowledgeBy: null,
  acknowledgedAt: null,
  disposition: null,
  groundSealed: null,
  groundKeyId: null,
  ...change,
});
const notSent = { notSent: null, sentAt: null, endedAt: null, acknowledgedAt: null };
const seen = (acts: ConsentAct[], deliveries: DeliveryRow[] = []) =>
  new Map(recipientsOf(acts, deliveries).map(({ supplierId, ...status }) => [supplierId, status]));

describe("recipientsOf", () => {
  it("returns the suppliers that were ticked, in the order and by the name and country shown", () => {
    expect(recipientsOf([given], [])).toEqual([
      { supplierId: "cazal", name: "Garage cazal", country: "FR", channels: ["EMAIL"], ...notSent },
      { supplierId: "atlas", name: "Garage atlas", country: "BE", channels: ["EMAIL", "PHONE"], ...notSent },
    ]);
  });

  it("returns the same suppliers after a withdrawal", () => {
    expect(
      recipientsOf([given, withdrawn()], []).map(({ supplierId, channels }) => [supplierId, channels]),
    ).toEqual([
      ["cazal", []],
      ["atlas", []],
    ]);
  });

  it("shows which supplier received the request and which channels it may use now", () => {
    const status = seen([given, withdrawn({ channels: ["PHONE"] })], [delivery({ channels: ["EMAIL"] })]);
    expect(status.get("atlas")).toEqual({
      name: "Garage atlas",
      country: "BE",
      channels: ["EMAIL"],
      ...notSent,
      sentAt: matchedAt,
    });
    expect(status.get("cazal")).toEqual({
      name: "Garage cazal",
      country: "FR",
      channels: ["EMAIL"],
      ...notSent,
    });
  });

  it("shows when the right of a supplier ended and when it acknowledged this", () => {
    const ended = delivery({
      channels: [],
      revokedAt,
      revocationReason: "CONSENT_WITHDRAWN",
      acknowledgedAt,
    });
    expect(seen([given, withdrawn({ supplierIds: ["atlas"] })], [ended]).get("atlas")).toEqual({
      name: "Garage atlas",
      country: "BE",
      channels: [],
      sentAt: matchedAt,
      endedAt: revokedAt,
      acknowledgedAt,
      notSent: null,
    });
  });

  it("shows no usable channel after an erasure, although that is not an act of consent", () => {
    const ended = delivery({ channels: [], revokedAt, revocationReason: "ERASED" });
    expect(seen([given], [ended]).get("atlas")).toMatchObject({ channels: [], endedAt: revokedAt });
  });

  it("returns no recipients when none was ticked", () => {
    expect(recipientsOf([{ ...given, grants: [{ purpose: "FEEDBACK_CALL" }] }], [])).toEqual([]);
  });
});
