import type { Place } from "../../reference/geo";
import { Rankings, type RankingSources } from "./rankings.service";

const lyon: Place = {
  ...{ inseeCode: "69123", postcode: "69003", commune: "Lyon", departement: "69", region: "84" },
  ...{ country: "FR", arrondissement: "69383", precision: "ADDRESS" as const },
  // The person's own position, which no ranking uses.
  position: { longitude: 4.7, latitude: 45.6 },
};
const campaigns = [
  { campaignId: "c2", supplierId: "s1", site: null },
  { campaignId: "c1", supplierId: "s1", site: "villeurbanne" },
  { campaignId: "c3", supplierId: "s2", site: "nowhere" },
  { campaignId: "c4", supplierId: "s3", site: null },
];

/** Sources with fixed answers, which record what they were asked. */
function asked(place: Place = lyon) {
  const questions: (readonly [what: string, ids: readonly string[]])[] = [];
  const answer =
    <Fact>(what: string, facts: Record<string, Fact>) =>
    (ids: readonly string[]) => {
      questions.push([what, ids]);
      return Promise.resolve(new Map(Object.entries(facts)));
    };
  const lastReceived = answer("lastReceived", { s1: new Date("2026-06-17T09:00:00Z") });
  const scores = answer("scores", { s2: 80 });
  const addresses = answer("addresses", {
    s1: { postcode: "13001", city: "Marseille" },
    villeurbanne: { postcode: "69100", city: "Villeurbanne" },
    nowhere: { postcode: "00000", city: "Nulle part" },
  });
  const middles: Record<string, Place["position"]> = {
    "69383": { longitude: 4.86, latitude: 45.75 },
    "69266": { longitude: 4.89, latitude: 45.77 },
    "13201": { longitude: 5.38, latitude: 43.3 },
  };
  const sources: RankingSources = {
    deliveries: { lastReceived: (_tx, product, ids) => lastReceived([product, ...ids]) },
    reviews: { scores: (_tx, product, ids) => scores([product, ...ids]) },
    book: { addresses: (_tx, ids) => addresses(ids) },
    centroids: {
      of: ({ arrondissement, inseeCode }) => middles[arrondissement ?? inseeCode] ?? null,
    },
  };
  const of = async (rule: Parameters<Rankings["of"]>[1]["rule"]) => {
    const question = { rule, product: "CAR", place, campaigns };
    const { standings } = await new Rankings(sources).of(null as never, question);
    return { standings, questions };
  };
  return { of };
}

describe("the facts that a rule uses", () => {
  it("are none for the rule by price, and nothing is read", async () => {
    expect(await asked().of("PRICE_THEN_DRAW")).toEqual({ standings: [], questions: [] });
  });

  it("are, for the rule by turns, when each supplier last received a lead of the product, read once", async () => {
    const lastReceivedAt = "2026-06-17T09:00:00.000Z";
    expect(await asked().of("TURN_THEN_PRICE")).toEqual({
      standings: [
        { campaignId: "c1", lastReceivedAt },
        { campaignId: "c2", lastReceivedAt },
        { campaignId: "c3", lastReceivedAt: null },
        { campaignId: "c4", lastReceivedAt: null },
      ],
      questions: [["lastReceived", ["CAR", "s1", "s2", "s3"]]],
    });
  });

  it("are, for the rule by quality, each supplier's score for the product, read once", async () => {
    expect(await asked().of("QUALITY_THEN_PRICE")).toEqual({
      standings: [
        { campaignId: "c1", score: null },
        { campaignId: "c2", score: null },
        { campaignId: "c3", score: 80 },
        { campaignId: "c4", score: null },
      ],
      questions: [["scores", ["CAR", "s1", "s2", "s3"]]],
    });
  });

  it("are, for the rule by distance, whole kilometres from the site, or else the supplier, if both communes are known", async () => {
    expect(await asked().of("NEAREST_THEN_PRICE")).toEqual({
      standings: [
        { campaignId: "c1", km: 3 },
        { campaignId: "c2", km: 276 },
        { campaignId: "c3", km: null },
        { campaignId: "c4", km: null },
      ],
      questions: [["addresses", ["s1", "villeurbanne", "nowhere", "s3"]]],
    });
    const unknown = await asked({ ...lyon, inseeCode: "01004", arrondissement: null }).of(
      "NEAREST_THEN_PRICE",
    );
    expect(unknown.standings.map(({ km }) => km)).toEqual([null, null, null, null]);
    expect(unknown.questions).toEqual([]);
  });
});
