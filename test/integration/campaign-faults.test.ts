/** All faults of one input are one error, on every transport. */
import { ask } from "../support/client";
import { answers, campaignInput, newSupplier, type TestSupplier } from "../support/journey";
import type { Owner, Row } from "../support/rows";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";
import { Wire } from "./graphql-server-fixture";

let server: TestServer;
let owner: Owner;
let atlas: TestSupplier;

useServer(async (started) => {
  ({ server, owner } = started);
  atlas = await newSupplier(server);
});

interface Shown {
  readonly message: string;
  readonly extensions: Row;
}
type Request = readonly [token: string, query: string, variables: Record<string, unknown>];

async function overHttp(...[token, query, variables]: Request): Promise<readonly Shown[]> {
  return (await ask(server, token, { query, variables })).errors ?? [];
}

async function overSocket(...[token, query, variables]: Request): Promise<readonly Shown[]> {
  const wire = await Wire.enter(server.wsUrl, token);
  wire.ask("1", query, variables);
  const { type, payload } = await wire.next();
  await wire.close();
  return type === "error" ? (payload as Shown[]) : ((payload as { errors?: Shown[] }).errors ?? []);
}

const placesOf = ({ extensions }: Shown): unknown[] =>
  extensions["faults"].map(({ field, reason }: Row) => [field, reason]);

describe.each([
  ["HTTP", overHttp],
  ["a WebSocket", overSocket],
])("over %s", (_transport, errorsOf) => {
  it("six faults of a campaign are one error with six faults, and nothing is stored", async () => {
    const input = campaignInput({
      name: " ",
      zones: [{ departement: "69" }, { circle: { longitude: 4.8, latitude: 45.7, radiusKm: 900 } }],
      criteria: [{ field: "budgetEuros", min: 40_000, max: 20_000 }],
      pricePerLeadCents: 2_000_000,
      caps: [{ unit: "LEADS", period: "DAY", limit: 0 }],
      maxAgeHours: 1_000,
    });
    const query = "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }";
    const errors = await errorsOf(atlas.token, query, { input });
    expect(errors).toHaveLength(1);
    const [error] = errors as [Shown];
    expect(placesOf(error)).toEqual([
      ["name", "EMPTY"],
      ["zones[1].circle.radiusKm", "OUT_OF_RANGE"],
      ["criteria[0].min", "OUT_OF_RANGE"],
      ["pricePerLeadCents", "OUT_OF_RANGE"],
      ["caps[0].limit", "OUT_OF_RANGE"],
      ["maxAgeHours", "OUT_OF_RANGE"],
    ]);
    const [first] = error.extensions["faults"];
    expect(error).toMatchObject({
      message: first.message,
      extensions: { code: "INVALID_INPUT", reason: "EMPTY", field: "name" },
    });
    const rows = await owner.rows("SELECT id FROM campaign WHERE supplier_id = $1", [atlas.id]);
    expect(rows).toEqual([]);
  });

  it("faults of answers and of the place are one error", async () => {
    const input = {
      product: "NEW_CAR",
      answers: answers({ energy: ["STEAM"], tradeIn: "yes" }),
      location: { postcode: "97500", latitude: 95 },
    };
    const query = "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }";
    const [error, ...others] = await errorsOf(server.formToken, query, { input });
    expect(others).toEqual([]);
    const faults: Row[] = error?.extensions["faults"];
    expect(faults.map(({ field }) => field)).toEqual([
      "location.inseeCode",
      "location.longitude",
      "answers[2].value[0]",
      "answers[3].value",
    ]);
    expect(faults[0]?.["communes"]).toContainEqual({ inseeCode: "97502", name: "Saint-Pierre" });
  });

  it("faults of several arguments are one error, under the names of the arguments", async () => {
    const models = `{ vehicleModels(make: "NOBODY", search: "${"x".repeat(61)}") { id } }`;
    const [error] = (await errorsOf(server.formToken, models, {})) as [Shown];
    expect(placesOf(error)).toEqual([
      ["make", "UNKNOWN_VALUE"],
      ["search", "TOO_LONG"],
    ]);
    const query = "query ($campaign: CampaignInput!) { simulate(campaign: $campaign, days: 91) { volume } }";
    const [draft] = (await errorsOf(atlas.token, query, { campaign: campaignInput({ maxSeats: 9 }) })) as [
      Shown,
    ];
    expect(placesOf(draft)).toEqual([
      ["campaign.maxSeats", "OUT_OF_RANGE"],
      ["days", "OUT_OF_RANGE"],
    ]);
  });
});
