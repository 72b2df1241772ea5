import { type CampaignTerms, type Criterion } from "../../offers/campaigns";
import { type Place } from "../../reference/geo";
import { refusalReasons, type Candidate, type DecisionRecord, type RefusalReason } from "../matching";
import { decidedOf, missOf, missReasons, disclosedAs, type CandidateDecision, type Missed } from "./miss";
import { sentenceOf } from "./sentences";

const place: Place = {
  inseeCode: "69123",
  postcode: "69003",
  commune: "Lyon",
  departement: "69",
  region: "84",
  country: "FR",
  arrondissement: "69383",
  position: null,
  precision: "NONE",
};
const budget: Criterion = { field: "budgetEuros", min: 20_000 };
const horizon: Criterion = { field: "horizon", oneOf: ["WITHIN_3_MONTHS"] };
const terms: CampaignTerms = {
  name: "Neuves",
  product: "NEW_CAR",
  formVersion: 1,
  site: null,
  zones: [{ kind: "departement", code: "69" }],
  excludedZones: [],
  criteria: [budget, horizon],
  pricePerLeadCents: 3_000,
  caps: [],
  timeZone: "Europe/Paris",
  schedule: [],
  maxSeats: null,
  maxAgeHours: 24,
};
const campaign = (change: Partial<CampaignTerms> = {}): Candidate => ({
  campaignId: "campaign",
  supplierId: "supplier",
  version: 3,
  status: "PAUSED",
  pausedUntil: null,
  terms: { ...terms, ...change },
});
const at = new Date("2026-11-20T10:00:00Z");
const lead = (answers: Missed["need"]["answers"] = {}): Missed => ({
  need: {
    product: "NEW_CAR",
    answers: { budgetEuros: 25_000, horizon: "WITHIN_3_MONTHS", ...answers },
    textsAnswered: [],
    place,
  },
  confirmedAt: at,
});
const decided = (reason: RefusalReason, field: string | null = null): CandidateDecision => ({
  reason,
  field,
  at,
});

describe("why a request was missed", () => {
  it("has a disclosed reason and two sentences for every reason of a decision", () => {
    expect(Object.keys(disclosedAs).sort()).toEqual([...refusalReasons].sort());
    for (const reason of refusalReasons) {
      const miss = missOf(lead(), campaign(), decided(reason, "budgetEuros"));
      expect(missReasons).toContain(miss.reason);
      const { FR, EN } = sentenceOf(miss, "NEW_CAR");
      expect(FR).toMatch(/^[A-Z].*\.$/);
      expect(EN).toMatch(/^[A-Z].*\.$/);
      expect(FR).not.toBe(EN);
    }
  });

  it.each<RefusalReason>(["NOT_CONSENTED", "OWN_CUSTOMER", "ALREADY_RECEIVED"])(
    "treats %s exactly like a person who chose others",
    (reason) => {
      const circle = [{ kind: "circle" as const, longitude: 4.8, latitude: 45.7, radiusKm: 5 }];
      const worlds = [{}, { zones: circle }, { criteria: [{ field: "budgetEuros", min: 90_000 }] }];
      for (const change of worlds)
        expect(missOf(lead(), campaign(change), decided(reason))).toEqual(
          missOf(lead(), campaign(change), null),
        );
      expect(missOf(lead(), campaign(), decided(reason)).reason).toBe("CHOSE_OTHERS");
    },
  );

  it("says that others were first, without their number or terms", () => {
    const told = { reason: "OTHERS_WERE_FIRST", criterion: null, obstacles: [] };
    expect(missOf(lead(), campaign(), decided("SEATS_TAKEN"))).toEqual(told);
    expect(missOf(lead(), campaign(), decided("WANTS_FEWER_SEATS"))).toEqual(told);
  });

  it("gives the supplier's first own term for a person who chose others, and all the others as obstacles", () => {
    const elsewhere = [{ kind: "departement" as const, code: "75" }];
    const miss = missOf(lead({ budgetEuros: 9_000, horizon: "LATER" }), campaign({ zones: elsewhere }), null);
    expect(miss).toEqual({
      reason: "OUTSIDE_ZONES",
      criterion: null,
      obstacles: [
        { reason: "OUTSIDE_ZONES", criterion: null },
        { reason: "CRITERION_NOT_MET", criterion: budget },
        { reason: "CRITERION_NOT_MET", criterion: horizon },
      ],
    });
  });

  it("reveals nothing about the person: no answer, no place, no gap", () => {
    const miss = missOf(
      lead({ budgetEuros: 9_876, horizon: "SECRET_HORIZON" }),
      campaign({ excludedZones: [{ kind: "commune", code: "69123" }] }),
      null,
    );
    const text = JSON.stringify([miss, miss.obstacles.map((one) => sentenceOf(one, "NEW_CAR"))]);
    for (const personal of ["9876", "SECRET_HORIZON", "69123", "69003", "69383", "Lyon", "gap", "2026"])
      expect(text).not.toContain(personal);
  });

  it("keeps the decision about the place, which was made with a more exact position", () => {
    const small = campaign({ zones: [{ kind: "circle", longitude: 2.35, latitude: 48.85, radiusKm: 5 }] });
    // The decision came to a later check, so the place did fit.
    expect(missOf(lead(), small, decided("CAP_REACHED")).obstacles).toEqual([]);
    expect(missOf(lead({ budgetEuros: 1 }), small, decided("CRITERION_NOT_MET", "budgetEuros"))).toEqual({
      reason: "CRITERION_NOT_MET",
      criterion: budget,
      obstacles: [{ reason: "CRITERION_NOT_MET", criterion: budget }],
    });
    expect(missOf(lead({ budgetEuros: 1 }), campaign(), decided("OUTSIDE_ZONES")).obstacles).toEqual([
      { reason: "OUTSIDE_ZONES", criterion: null },
      { reason: "CRITERION_NOT_MET", criterion: budget },
    ]);
  });

  it("does not depend on whether the campaign runs today, except through the decision", () => {
    expect(missOf(lead(), campaign(), null).reason).toBe("CHOSE_OTHERS");
    expect(missOf(lead(), campaign(), decided("CAMPAIGN_NOT_ACTIVE")).reason).toBe("CAMPAIGN_NOT_ACTIVE");
  });

  it("evaluates a date relative to today on the day of the request", () => {
    const soon = campaign({ criteria: [{ field: "wantedOn", max: "today+7d" }] });
    expect(missOf(lead({ wantedOn: "2026-11-27" }), soon, null).reason).toBe("CHOSE_OTHERS");
    expect(missOf(lead({ wantedOn: "2026-11-28" }), soon, null).reason).toBe("CRITERION_NOT_MET");
  });
});

describe("what a decision said about a campaign", () => {
  const record = (version: number, verdict: object): DecisionRecord =>
    ({
      at: at.toISOString(),
      candidates: [{ campaignId: "campaign", supplierId: "supplier", version, status: "ACTIVE" }],
      outcome: { verdicts: [{ campaignId: "campaign", rank: null, ...verdict }] },
    }) as unknown as DecisionRecord;

  it("counts only for the version it was made for", () => {
    const said = record(3, { reason: "CRITERION_NOT_MET", field: "budgetEuros" });
    expect(decidedOf(said, campaign())).toEqual(decided("CRITERION_NOT_MET", "budgetEuros"));
    expect(decidedOf(record(2, { reason: "CAP_REACHED" }), campaign())).toBeNull();
  });

  it("is null if the campaign took the lead, was no candidate, or nothing was decided", () => {
    expect(decidedOf(record(3, { seat: 1 }), campaign())).toBeNull();
    expect(decidedOf(record(3, {}), { campaignId: "another", version: 3 })).toBeNull();
    expect(decidedOf(undefined, campaign())).toBeNull();
  });
});
