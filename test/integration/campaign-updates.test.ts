/** What an edit of a campaign changes, and what it leaves alone. */
import { ask, must, type GraphQLAnswer } from "../support/client";
import { campaignInput, newCampaign, newSupplier, type TestSupplier } from "../support/journey";
import type { Row } from "../support/rows";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let atlas: TestSupplier;

useServer(async (started) => {
  ({ server } = started);
  atlas = await newSupplier(server);
});

/** Every field of a campaign that an input has, in the words of the input. */
const terms = `id version name site
  product { id }
  zones { input } excludedZones { input }
  criteria { field oneOf noneOf min max isSet }
  pricePerLeadCents
  caps { unit period limit }
  timeZone schedule { days from to } closedOnHolidays onlyWhenConnected
  duplicateWindowDays maxSeats maxAgeHours`;

const read = async (id: string): Promise<Row> =>
  (
    await must(server, atlas.token, {
      query: `query ($id: ID!) { campaign(id: $id) { ${terms} } }`,
      variables: { id },
    })
  )["campaign"] as Row;

const update = (id: string, input: object, ifVersion?: number): Promise<GraphQLAnswer> =>
  ask(server, atlas.token, {
    query: `mutation ($id: ID!, $input: CampaignInput!, $ifVersion: Int) {
      updateCampaign(id: $id, input: $input, ifVersion: $ifVersion) { ${terms} } }`,
    variables: { id, input, ifVersion },
  });
const updated = async (id: string, input: object): Promise<Row> => {
  const { data, errors } = await update(id, input);
  if (!data) throw new Error(JSON.stringify(errors));
  return data["updateCampaign"] as Row;
};

/** What was read, as an input. Its fields have the same names and values. */
const inputOf = ({ id: _id, version: _version, product, zones, excludedZones, ...rest }: Row) => ({
  ...rest,
  product: product.id,
  zones: zones.map((zone: Row) => zone.input),
  excludedZones: excludedZones.map((zone: Row) => zone.input),
});

const ring = [[4, 45], [5, 45], [5, 46], [4, 45]]; // prettier-ignore
const everything = {
  zones: [
    { country: "FR" },
    { region: "84" },
    { departement: "2A" },
    { postcode: "69003" },
    { commune: "69123" },
    { circle: { longitude: 4.85, latitude: 45.76, radiusKm: 20.5 } },
    { polygon: { type: "Polygon", coordinates: [ring] } },
    { polygon: { type: "MultiPolygon", coordinates: [[ring]] } },
  ],
  excludedZones: [{ departement: "42" }, { circle: { longitude: 4, latitude: 45, radiusKm: 1 } }],
  criteria: [
    { field: "makes", oneOf: ["RENAULT", "PEUGEOT"] },
    { field: "energy", noneOf: ["DIESEL"], isSet: true },
    { field: "budgetEuros", min: 20_000 },
    { field: "wantedBy", min: "today+7d", max: "today+3m" },
    { field: "comment", isSet: false },
  ],
  caps: [
    { unit: "LEADS", period: "DAY", limit: 7 },
    { unit: "SPEND_CENTS", period: "MONTH", limit: 90_000 },
  ],
  timeZone: "Indian/Reunion",
  schedule: [{ days: ["MON", "SAT"], from: "09:00", to: "24:00" }],
  closedOnHolidays: true,
  onlyWhenConnected: true,
  duplicateWindowDays: 60,
  maxSeats: 1,
  maxAgeHours: 48,
};

it("changes nothing when it sends back what was read, with zones, criteria and caps of every kind", async () => {
  const id = await newCampaign(server, atlas, everything);
  const { version: _first, ...before } = await read(id);
  const { version, ...after } = await updated(id, inputOf({ ...before }));
  expect(after).toEqual(before);
  expect(version).toBe(2);
  expect(before["zones"]).toEqual(everything.zones.map((input) => ({ input })));
});

it("that does not name maxSeats leaves an exclusive campaign exclusive, and the other options as they are", async () => {
  const id = await newCampaign(server, atlas, everything);
  const before = await read(id);
  const after = await updated(id, campaignInput({ pricePerLeadCents: 4_000 }));
  expect(after).toEqual({
    ...before,
    version: 2,
    ...{ name: "Neuves", pricePerLeadCents: 4_000, caps: [], criteria: [] },
    zones: [{ input: { departement: "69" } }],
  });
  expect(after["maxSeats"]).toBe(1);
});

it("sets the default of what is null", async () => {
  const id = await newCampaign(server, atlas, everything);
  const fresh = await newCampaign(server, atlas);
  const options = ["excludedZones", "timeZone", "schedule", "closedOnHolidays", "onlyWhenConnected"];
  const all = [...options, "duplicateWindowDays", "maxSeats", "maxAgeHours", "site"];
  const nulls = Object.fromEntries(all.map((field) => [field, null]));
  const { id: _id, version: _version, ...after } = await updated(id, campaignInput(nulls));
  expect(after).toEqual(inputlessOf(await read(fresh)));
});

const inputlessOf = ({ id: _id, version: _version, ...rest }: Row): Row => rest;

it("of a second editor who read the same version is refused", async () => {
  const id = await newCampaign(server, atlas);
  const [first, second] = [campaignInput({ name: "Une" }), campaignInput({ name: "Deux" })];
  expect((await update(id, first, 1)).data?.["updateCampaign"]).toMatchObject({ version: 2, name: "Une" });
  const { errors } = await update(id, second, 1);
  expect(errors?.[0]?.extensions).toMatchObject({
    ...{ code: "CONFLICT", reason: "VERSION_CHANGED", field: "ifVersion", version: 2 },
  });
  expect(await read(id)).toMatchObject({ version: 2, name: "Une" });
  expect((await update(id, second, 2)).data?.["updateCampaign"]).toMatchObject({ version: 3 });
});

it("of two editors at the same moment succeeds for one", async () => {
  const id = await newCampaign(server, atlas);
  const answers = await Promise.all(["a", "b", "c"].map((name) => update(id, campaignInput({ name }), 1)));
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
  expect(codes.filter((code) => code === undefined)).toHaveLength(1);
  expect(codes.filter((code) => code === "CONFLICT")).toHaveLength(2);
  expect(await read(id)).toMatchObject({ version: 2 });
});

it("is simulated as it would be stored", async () => {
  const price = { product: "NEW_CAR", departement: "2B", exclusive: true, floorCents: 5_000 };
  await must(server, server.adminToken, {
    query: "mutation ($input: PriceInput!) { setPrice(input: $input) { floorCents } }",
    variables: { input: price },
  });
  const zones = [{ departement: "2B" }];
  const id = await newCampaign(server, atlas, { zones, maxSeats: 1, pricePerLeadCents: 6_000 });
  const cheaper = campaignInput({ zones, pricePerLeadCents: 4_000 });
  const fieldAtFault = async (campaign: object, instead: string | null): Promise<unknown> => {
    const { errors } = await ask(server, atlas.token, {
      query: `query ($campaign: CampaignInput!, $instead: ID) {
        simulate(campaign: $campaign, instead: $instead) { volume } }`,
      variables: { campaign, instead },
    });
    return errors?.[0]?.extensions.field;
  };
  // The campaign stays exclusive unless the input says otherwise, so its floor is the higher one.
  expect(await fieldAtFault(cheaper, id)).toBe("campaign.pricePerLeadCents");
  expect((await update(id, cheaper)).errors?.[0]?.extensions.field).toBe("pricePerLeadCents");
  expect(await fieldAtFault({ ...cheaper, maxSeats: null }, id)).toBeUndefined();
  expect(await fieldAtFault(cheaper, null)).toBeUndefined();
});
