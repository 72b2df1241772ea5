/** A lead with candidate campaigns, and generators of such worlds in which every reason for a refusal occurs. */
import fc from "fast-check";
import { windowOf } from "../../src/shared/calendar";
import { type CampaignStatus, type CampaignTerms, type Cap } from "../../src/offers/campaigns";
import { checkPolygon, type Place, type Zone } from "../../src/reference/geo";
import { type DecisionInput } from "../../src/allocation/matching/decision";
import {
  type Candidate,
  type Capacity,
  type LeadFacts,
  type Relation,
} from "../../src/allocation/matching/facts";
import { match } from "../../src/allocation/matching/match";
import { take, type Seats, type TakeInput } from "../../src/allocation/matching/take";

export const noon = new Date("2026-06-17T10:00:00Z");
export const later = (hours: number): Date => new Date(noon.getTime() + hours * 3_600_000);
export const lyon: Place = {
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
export const aroundLyon: Zone = {
  kind: "polygon",
  ...checkPolygon({ type: "Polygon", coordinates: [[[4, 45], [6, 45], [6, 47], [4, 47], [4, 45]]] }), // prettier-ignore
};
export const lead: LeadFacts = {
  leadId: "lead-1",
  product: "NEW_CAR",
  formVersion: 1,
  submittedAt: noon,
  answers: { makes: ["RENAULT"], budgetEuros: 20_000, horizon: "NOW" },
  textsAnswered: ["comment"],
  place: lyon,
};
const terms = (changes: Partial<CampaignTerms> = {}): CampaignTerms => ({
  name: "Anything",
  product: "NEW_CAR",
  formVersion: 1,
  site: null,
  zones: [{ kind: "country", code: "FR" }],
  excludedZones: [],
  criteria: [],
  pricePerLeadCents: 3_000,
  caps: [],
  timeZone: "Europe/Paris",
  schedule: [],
  maxSeats: null,
  maxAgeHours: 24,
  ...changes,
});
export const candidate = (
  campaignId: string,
  changes: Partial<CampaignTerms & Omit<Candidate, "terms">> = {},
): Candidate => {
  const { supplierId = `supplier-of-${campaignId}`, version = 1, status = "ACTIVE", ...more } = changes;
  const { pausedUntil = null, ...rest } = more;
  return { campaignId, supplierId, version, status, pausedUntil, terms: terms(rest) };
};
export const suppliersOf = (candidates: readonly Candidate[]): ReadonlySet<string> =>
  new Set(candidates.map(({ supplierId }) => supplierId));
export const capacity = (
  of: Candidate,
  changes: Partial<Capacity> & { used?: readonly number[] } = {},
): Capacity => {
  const { used = [], ...rest } = changes;
  const capsUsed = of.terms.caps.map(({ period }, index) => {
    const { start, end } = windowOf(period, of.terms.timeZone, noon);
    return { windowStart: start, resetsAt: end, used: used[index] ?? 0 };
  });
  const { campaignId, supplierId, version, status } = of;
  return { campaignId, supplierId, version, status, capsUsed, availableCents: 1_000_000, ...rest };
};
export const free: Seats = { limit: 3, fixed: null, taken: 0, suppliersServed: [] };
export const takeFrom = (candidates: readonly Candidate[], changes: Partial<TakeInput> = {}) =>
  take({
    verdicts: match({ lead, scope: suppliersOf(candidates), candidates, relations: [], at: noon }),
    capacities: candidates.map((one) => capacity(one)),
    seats: free,
    consentedSuppliers: suppliersOf(candidates).size,
    ...changes,
  });

/** Generated worlds in which every reason for a refusal occurs now and then. */
const suppliers = ["s1", "s2", "s3", "s4", "s5"];
const capArbitrary = fc.record<Cap>({
  unit: fc.constantFrom("LEADS", "SPEND_CENTS"),
  period: fc.constantFrom("HOUR", "DAY", "WEEK", "MONTH"),
  limit: fc.integer({ min: 1, max: 12_000 }),
});
const termsArbitrary = fc.record({
  product: fc.constantFrom("NEW_CAR", "NEW_CAR", "NEW_CAR", "OTHER"),
  zones: fc.constantFrom(
    [{ kind: "country" as const, code: "FR" }],
    [{ kind: "departement" as const, code: "69" }],
    [{ kind: "departement" as const, code: "75" }],
  ),
  excludedZones: fc.constantFrom([], [], [], [{ kind: "commune" as const, code: "69123" }]),
  criteria: fc.constantFrom(
    [],
    [],
    [{ field: "budgetEuros", min: 15_000 }],
    [{ field: "energy", isSet: true }],
    [{ field: "wantedBy", min: "today+1d", max: "today+2w" }],
  ),
  pricePerLeadCents: fc.constantFrom(2_000, 3_000, 4_500),
  caps: fc.uniqueArray(capArbitrary, { maxLength: 3, selector: ({ unit, period }) => unit + period }),
  schedule: fc.constantFrom([], [], [{ days: ["THU" as const], from: "09:00", to: "18:00" }]),
  maxSeats: fc.constantFrom(null, null, 1, 2, 3),
  maxAgeHours: fc.constantFrom(1, 24, 48),
});
const status = fc.constantFrom<CampaignStatus>("ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE", "PAUSED", "ARCHIVED");
const candidatesArbitrary = fc
  .array(
    fc.record({
      supplierId: fc.constantFrom(...suppliers),
      version: fc.integer({ min: 1, max: 2 }),
      status,
      pausedUntil: fc.constantFrom(null, null, later(-1), noon, later(3)),
      terms: termsArbitrary,
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(({ terms: drawn, ...draft }, index): Candidate => ({
      ...draft,
      pausedUntil: draft.status === "PAUSED" ? draft.pausedUntil : null,
      campaignId: `c${index}`,
      terms: terms(drawn),
    })),
  );
const capacityArbitrary = (of: Candidate): fc.Arbitrary<Capacity | null> =>
  fc
    .record({
      isThere: fc.constantFrom(true, true, true, false),
      version: fc.constantFrom(of.version, of.version, of.version, 3),
      status: fc.constantFrom<CampaignStatus>(of.status, of.status, of.status, "PAUSED"),
      availableCents: fc.constantFrom(-500, 0, 2_999, 3_000, 100_000),
      used: fc.array(fc.integer({ min: 0, max: 12_000 }), { minLength: 3, maxLength: 3 }),
      // Often absent, because most campaigns do not require a connected member.
      connected: fc.constantFrom({}, {}, {}, { isConnected: true }, { isConnected: false }),
    })
    .map(({ isThere, connected, ...changes }) =>
      isThere ? capacity(of, { ...changes, ...connected }) : null,
    );
const seatsArbitrary = fc
  .record({
    fixed: fc.constantFrom(null, null, 1, 2, 3),
    served: fc.uniqueArray(fc.constantFrom(...suppliers), { maxLength: 3 }),
  })
  .map(({ fixed, served }): Seats => {
    const suppliersServed = fixed === null ? [] : served.slice(0, fixed);
    return { limit: 3, fixed, taken: suppliersServed.length, suppliersServed };
  });
const relationsArbitrary: fc.Arbitrary<Relation[]> = fc.uniqueArray(
  fc.record({
    supplierId: fc.constantFrom(...suppliers),
    lastReceivedAt: fc.constantFrom(null, later(-1), later(-24 * 30), later(-24 * 200)),
    isOwnCustomer: fc.constantFrom(false, false, true),
  }),
  { selector: ({ supplierId }) => supplierId, maxLength: 3 },
);
export const worldArbitrary: fc.Arbitrary<DecisionInput> = candidatesArbitrary.chain((candidates) =>
  fc
    .record({
      leadId: fc.uuid(),
      hoursLater: fc.constantFrom(0, 2, 30),
      wantedBy: fc.constantFrom("2026-06-18", "2026-07-01", "2026-07-02"),
      scope: fc.subarray(suppliers, { minLength: 1 }),
      relations: relationsArbitrary,
      capacities: fc.tuple(...candidates.map(capacityArbitrary)),
      seats: seatsArbitrary,
    })
    .map(({ leadId, hoursLater, wantedBy, scope, relations, capacities, seats }) => ({
      lead: { ...lead, leadId, answers: { ...lead.answers, wantedBy } },
      scope: new Set(scope),
      candidates,
      relations,
      capacities: capacities.filter((one) => one !== null),
      seats,
      at: later(hoursLater),
    })),
);
