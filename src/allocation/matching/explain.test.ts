/** Every reason has an explanation, and a near miss is explained with its numbers. */
import {
  candidate,
  capacity,
  free,
  later,
  lead,
  lyon,
  noon,
  suppliersOf,
} from "../../../test/support/decision-worlds";
import type { CampaignTerms } from "../../offers/campaigns";
import { decide, type DecisionInput } from "./decision";
import { recordDecision, type DecisionRecord } from "./decision-record";
import { explainDecision, explainVerdict } from "./explain";
import type { Candidate, LeadFacts } from "./facts";
import { refusalReasons } from "./waiting";

const placed: LeadFacts = {
  ...lead,
  place: { ...lyon, position: { longitude: 4.85, latitude: 45.75 }, precision: "COMMUNE" },
};
const world = (candidates: readonly Candidate[], changes: Partial<DecisionInput> = {}): DecisionInput => ({
  ...{ lead: placed, scope: suppliersOf(candidates), candidates, relations: [], seats: free, at: later(2) },
  capacities: candidates.map((one) => capacity(one)),
  ...changes,
});
const explainedOf = (input: DecisionInput, facts = input.lead) => {
  const record = recordDecision(input, decide(input), 1);
  return explainDecision(
    record,
    facts,
    (id, version) => input.candidates.find((one) => one.campaignId === id && one.version === version)?.terms,
  );
};
const changeOf = (changes: Partial<CampaignTerms>, of: Partial<DecisionInput> = {}) => {
  const [one] = explainedOf(world([candidate("c1", changes)], of)) ?? [];
  return { reason: one?.reason, change: one?.change };
};

describe("an explanation", () => {
  it.each(refusalReasons)("has a text for %s in both languages, without personal numbers", (reason) => {
    const { text } = explainVerdict({ campaignId: "c1", rank: null, reason }, candidate("c1"), {
      facts: lead,
      at: noon,
    });
    expect(text.FR).toMatch(/^[A-ZÀ-Ý].+\.$/);
    expect(text.EN).toMatch(/^[A-Z].+\.$/);
    expect(text.FR + text.EN).not.toMatch(/\d/);
  });

  it("says that a campaign took the lead, with its seat", () => {
    const [one] = explainedOf(world([candidate("c1")])) ?? [];
    expect(one).toMatchObject({ seat: 1, rank: 1, reason: undefined, change: null });
    expect(one?.text.EN).toBe("Took the lead.");
  });

  it("gives the distance to the nearest circle", () => {
    const around = (longitude: number, radiusKm: number) =>
      ({ kind: "circle", longitude, latitude: 45.75, radiusKm }) as const;
    // A tenth of a degree of longitude is 7.76 km here.
    const { reason, change } = changeOf({ zones: [around(4.95, 5), around(5.05, 15), around(6, 1)] });
    expect(reason).toBe("OUTSIDE_ZONES");
    expect(change?.EN).toBe("15.6 km from the centre of the nearest circle, instead of at most 15.");
    expect(change?.FR).toBe("15,6 km du centre du cercle le plus proche, au lieu de 15 au plus.");
  });

  it("names the place if the campaign has no circle", () => {
    const zones = ["75", "77", "78", "91", "92", "93"].map((code) => ({
      kind: "departement" as const,
      code,
    }));
    const { change } = changeOf({ zones });
    expect(change?.EN).toMatch(/^Lyon \(69123\) instead of departement:75, .*departement:92\.$/);
    expect(change?.FR).toContain("demandé : departement:75");
  });

  it.each([
    [{ min: 20_001 }, "budgetEuros: 20,000 instead of at least 20,001."],
    [{ min: 1, max: 19_999 }, "budgetEuros: 20,000 instead of at least 1 and at most 19,999."],
    [{ isSet: false }, "budgetEuros: 20,000 instead of no answer."],
  ])("says what was answered instead of %j", (test, words) => {
    expect(changeOf({ criteria: [{ field: "budgetEuros", ...test }] }).change?.EN).toBe(words);
  });

  it("explains choices and missing answers, and names the first criterion that failed", () => {
    const criteria = [
      { field: "horizon", oneOf: ["NOW"] },
      { field: "makes", oneOf: ["BMW", "AUDI"], noneOf: ["FIAT"] },
      { field: "energy", isSet: true },
    ];
    expect(changeOf({ criteria }).change?.EN).toBe(
      "makes: RENAULT instead of one of BMW, AUDI and none of FIAT.",
    );
    expect(changeOf({ criteria: criteria.slice(2) }).change?.FR).toBe(
      "energy : pas de valeur ; attendu : une réponse.",
    );
  });

  it("says how long the lead waited, when a campaign opens, and which cap was full", () => {
    expect(changeOf({ maxAgeHours: 1 }).change?.EN).toBe("Waited 2 h, instead of at most 1.");
    const schedule = [{ days: ["THU" as const], from: "09:00", to: "18:00" }];
    expect(changeOf({ schedule }).change?.EN).toBe("Possible from 2026-06-18T07:00:00.000Z.");
    const capped = candidate("c1", { caps: [{ unit: "LEADS", period: "DAY", limit: 5 }] });
    const [full] = explainedOf(world([capped], { capacities: [capacity(capped, { used: [5] })] })) ?? [];
    expect(full).toMatchObject({ reason: "CAP_REACHED" });
    expect(full?.change?.EN).toBe("Cap of 5 LEADS per DAY, free again at 2026-06-17T22:00:00.000Z.");
  });

  it("names the excluded zone", () => {
    expect(changeOf({ excludedZones: [{ kind: "postcode", code: "69003" }] }).change?.EN).toBe(
      "The excluded zone is postcode:69003.",
    );
  });

  it("reveals nothing about a balance, and gives no explanation without the terms", () => {
    const poor = candidate("c1");
    const input = world([poor], { capacities: [capacity(poor, { availableCents: 17 })] });
    expect(explainedOf(input)?.[0]).toMatchObject({ reason: "BALANCE_TOO_LOW", change: null });
    const record: DecisionRecord = recordDecision(input, decide(input), 1);
    expect(explainDecision(record, placed, () => undefined)).toBeNull();
  });
});
