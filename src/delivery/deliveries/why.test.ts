import type { CampaignTerms } from "../../offers/campaigns";
import type { Place } from "../../reference/geo";
import { reasonText } from "./why-words";
import { whyOf, type Reason } from "./why";

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
const terms: CampaignTerms = {
  name: "Neuves",
  product: "NEW_CAR",
  formVersion: 1,
  site: null,
  zones: [
    { kind: "departement", code: "75" },
    { kind: "region", code: "84" },
    { kind: "departement", code: "69" },
  ],
  excludedZones: [],
  criteria: [
    { field: "makes", oneOf: ["DACIA"] },
    { field: "budgetEuros", min: 20_000 },
  ],
  pricePerLeadCents: 3_250,
  caps: [
    { unit: "LEADS", period: "DAY", limit: 5 },
    { unit: "SPEND_CENTS", period: "MONTH", limit: 100_000 },
  ],
  timeZone: "Europe/Paris",
  schedule: [],
  maxSeats: null,
  maxAgeHours: 24,
};

describe("the reasons why a supplier received a lead", () => {
  it("list consent, zone, each criterion, each cap and the price, in this order", () => {
    expect(whyOf({ terms, place, channels: ["EMAIL", "PHONE"], capsAfter: [5, 9_750] })).toEqual([
      { kind: "CONSENT", channels: ["EMAIL", "PHONE"] },
      // The first zone that contains the place, which is not the first zone of the campaign.
      { kind: "ZONE", commune: "Lyon", inseeCode: "69123", zone: "region:84" },
      { kind: "CRITERION", field: "makes" },
      { kind: "CRITERION", field: "budgetEuros" },
      { kind: "CAP", unit: "LEADS", period: "DAY", limit: 5, used: 5 },
      { kind: "CAP", unit: "SPEND_CENTS", period: "MONTH", limit: 100_000, used: 9_750 },
      { kind: "PRICE", priceCents: 3_250 },
    ]);
  });

  it("are consent, zone and price for a campaign without criteria and caps", () => {
    const plain = { ...terms, criteria: [], caps: [] };
    const reasons = whyOf({ terms: plain, place, channels: ["SMS"], capsAfter: [] });
    expect(reasons.map(({ kind }) => kind)).toEqual(["CONSENT", "ZONE", "PRICE"]);
  });
});

describe("the words of a reason", () => {
  it.each<[Reason, string, string]>([
    [
      { kind: "CONSENT", channels: ["EMAIL", "PHONE"] },
      "The person named you, by EMAIL, PHONE.",
      "La personne vous a désigné, par EMAIL, PHONE.",
    ],
    [
      { kind: "ZONE", commune: "Lyon", inseeCode: "69123", zone: "region:84" },
      "Lyon (69123) lies in your zone region:84.",
      "Lyon (69123) est dans votre zone region:84.",
    ],
    [
      {
        kind: "ZONE",
        commune: "Lyon",
        inseeCode: "69123",
        zone: { latitude: 45.7, longitude: 4.8, radiusKm: 20 },
      },
      "Lyon (69123) lies in your zone circle of 20 km around 45.7, 4.8.",
      "Lyon (69123) est dans votre zone cercle de 20 km autour de 45.7, 4.8.",
    ],
    [
      { kind: "ZONE", commune: "Lyon", inseeCode: "69123", zone: "polygon" },
      "Lyon (69123) lies in your zone polygon.",
      "Lyon (69123) est dans votre zone polygone.",
    ],
    [
      { kind: "CRITERION", field: "makes" },
      "Your criterion on makes is met.",
      "Votre critère sur makes est rempli.",
    ],
    [
      { kind: "CAP", unit: "SPEND_CENTS", period: "MONTH", limit: 100_000, used: 9_750 },
      "9750 of 100000 SPEND_CENTS this MONTH, this lead included.",
      "9750 sur 100000 SPEND_CENTS ce mois, ce lead compris.",
    ],
    [{ kind: "PRICE", priceCents: 3_250 }, "Your price of 3250 cents.", "Votre prix de 3250 centimes."],
    // Stored before reasons were facts.
    [
      { kind: "PRICE", text: "Your price of 3250 cents." },
      "Your price of 3250 cents.",
      "Your price of 3250 cents.",
    ],
  ])("%j", (reason, english, french) => {
    expect([reasonText(reason, "EN"), reasonText(reason, "FR")]).toEqual([english, french]);
  });
});
