import type { CampaignView } from "../../offers/campaigns";
import type { LeadNeedRow } from "../../people/leads";
import { candidateOf, factsOf } from "./matching-input";

const need: LeadNeedRow = {
  month: 322,
  leadId: "0142b2c3-0000-8000-8000-000000000001",
  productId: "NEW_CAR",
  formVersion: 1,
  submittedAt: new Date("2026-11-20T09:00:00Z"),
  answers: { budgetEuros: 25_000 },
  textsAnswered: ["comment"],
  place: {
    inseeCode: "97502",
    postcode: "97500",
    commune: "Saint-Pierre",
    departement: "975",
    region: null,
    country: "PM",
    arrondissement: null,
    position: null,
    precision: "NONE",
  },
};

describe("rows converted for matching", () => {
  it("give the whole need, under its lead", () => {
    const { leadId, formVersion, submittedAt, answers, textsAnswered, place } = need;
    expect(factsOf(need, null)).toEqual({
      ...{ leadId, formVersion, submittedAt, answers, textsAnswered, place },
      product: "NEW_CAR",
    });
  });

  it("give the exact position of the need if it is known", () => {
    const position = { longitude: -56.18, latitude: 46.78 };
    expect(factsOf(need, { position })).toEqual({
      ...factsOf(need, null),
      place: { ...need.place, position, precision: "ADDRESS" },
    });
  });

  it("give a campaign with the version of its terms", () => {
    const terms = { name: "Neuves" } as CampaignView["terms"];
    const view = {
      id: "one",
      supplierId: "atlas",
      status: "PAUSED",
      pausedUntil: new Date(1),
      version: 7,
      createdAt: new Date(0),
      terms,
    } as const;
    expect(candidateOf(view)).toEqual({
      campaignId: "one",
      supplierId: "atlas",
      status: "PAUSED",
      pausedUntil: new Date(1),
      version: 7,
      terms,
    });
  });
});
