/** A product is data alone: this test defines one and runs it through the whole path without any other change. */
import { checkTerms } from "../../offers/campaigns";
import { checkAnswers, NEW_CAR, productFrom } from "../../reference/catalogue";
import { type Place } from "../../reference/geo";
import { decide } from "./decision";

const words = (text: string) => ({ FR: text, EN: text });
const MOTORHOME = productFrom({
  ...NEW_CAR,
  id: "MOTORHOME",
  label: words("Camping-car"),
  floorCents: 4_000,
  forms: [
    {
      ...NEW_CAR.form,
      product: "MOTORHOME",
      fields: [
        {
          id: "berths",
          label: words("Couchages"),
          type: "NUMBER",
          required: true,
          min: 1,
          max: 9,
          servesFor: words("Cibler."),
        },
        { id: "wish", label: words("Souhait"), type: "TEXT", required: false, servesFor: words("Dire.") },
      ],
    },
  ],
});

const at = new Date("2026-06-17T10:00:00Z");
const place: Place = {
  inseeCode: "69123",
  postcode: "69003",
  commune: "Lyon",
  departement: "69",
  region: "84",
  country: "FR",
  arrondissement: null,
  position: null,
  precision: "NONE",
};
const terms = checkTerms(
  {
    name: "Grands",
    product: "MOTORHOME",
    zones: [{ departement: "69" }],
    criteria: [{ field: "berths", min: 4 }],
    pricePerLeadCents: 4_000,
    caps: [],
  },
  {
    product: MOTORHOME,
    floors: [{ departement: null, criteria: [], exclusive: false, floorCents: MOTORHOME.floorCents }],
    zoneOfToday: (zone) => zone,
    needsSite: false,
    departementsReached: () => new Set(["69"]),
  },
);

function takersOf(berths: number): string[] {
  const { answers, texts } = checkAnswers(MOTORHOME.form, [
    { field: "berths", value: berths },
    { field: "wish", value: "Avec une douche" },
  ]);
  const campaign = { campaignId: "c1", supplierId: "s1", version: 1, status: "ACTIVE" as const };
  const need = { leadId: "l1", product: "MOTORHOME", formVersion: 1, submittedAt: at, answers, place };
  const { taking } = decide({
    lead: { ...need, textsAnswered: Object.keys(texts) },
    scope: new Set(["s1"]),
    candidates: [{ ...campaign, pausedUntil: null, terms }],
    relations: [],
    capacities: [{ ...campaign, capsUsed: [], availableCents: 4_000 }],
    seats: { limit: MOTORHOME.seats, fixed: null, taken: 0, suppliersServed: [] },
    at,
  });
  return taking.taken.map(({ candidate }) => candidate.campaignId);
}

describe("a product added as data", () => {
  it("works from its form through a campaign's terms to a seat", () => {
    expect(takersOf(4)).toEqual(["c1"]);
    expect(takersOf(3)).toEqual([]);
  });

  it("accepts criteria on its own fields only", () => {
    expect(() => checkAnswers(MOTORHOME.form, [{ field: "budgetEuros", value: 9_000 }])).toThrow(
      "There is no field budgetEuros in the form of MOTORHOME: the fields are berths, wish.",
    );
    expect(() => checkAnswers(MOTORHOME.form, [])).toThrow("Field berths is required: answer it.");
  });
});
