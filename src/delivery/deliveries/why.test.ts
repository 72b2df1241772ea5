import type { CampaignTerms } from "../../offers/campaigns";
import type { Place } from "../../reference/geo";
import { whyOf } from "./why";

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
      { kind: "CONSENT", text: "The person named you, by EMAIL, PHONE." },
      // The first zone that contains the place, which is not the first zone of the campaign.
      { kind: "ZONE", text: "Lyon (69123) lies in your zone region:84." },
      { kind: "CRITERION", text: "Your criterion on makes is met." },
      { kind: "CRITERION", text: "Your criterion on budgetEuros is met." },
      { kind: "CAP", text: "5 of 5 LEADS this DAY, this lead included." },
      { kind: "CAP", text: "9750 of 100000 SPEND_CENTS this MONTH, this lead included." },
      { kind: "PRICE", text: "Your price of 3250 cents." },
    ]);
  });

  it("are consent, zone and price for a campaign without criteria and caps", () => {
    const plain = { ...terms, criteria: [], caps: [] };
    const reasons = whyOf({ terms: plain, place, channels: ["SMS"], capsAfter: [] });
    expect(reasons.map(({ kind }) => kind)).toEqual(["CONSENT", "ZONE", "PRICE"]);
  });
});
