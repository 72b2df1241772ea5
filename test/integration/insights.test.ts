/**
 * A supplier is told which leads it missed and what a draft would have brought: in counts that no person stands
 * out of, and without a word about a person, another supplier, or whom it serves already.
 */
import { createHmac, randomUUID } from "node:crypto";
import {
  PastLeads,
  type PastLeadQuery,
  type PastLead,
} from "../../src/allocation/insights/past-leads.service";
import { unpackDecision } from "../../src/allocation/matching";
import { ask, must } from "../support/client";
import { setClock } from "../support/crowd";
import {
  answers,
  campaignInput,
  newCampaign,
  newSupplier,
  person,
  sendLead,
  type LeadOptions,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import type { Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let rival: TestSupplier;
const rivalPriceCents = 7_777;

/** Each scene has a département of its own, in which nobody but it and the rival wants leads. */
const places = {
  CAP_REACHED: ["06000", "06088"],
  BALANCE_TOO_LOW: ["67000", "67482"],
  OUTSIDE_SCHEDULE: ["44000", "44109"],
  TOO_OLD: ["59000", "59350"],
  CRITERION_NOT_MET: ["33000", "33063"],
  IN_EXCLUDED_ZONE: ["35000", "35238"],
  PLACE_NOT_PRECISE: ["34000", "34172"],
  RECEIVED_RECENTLY: ["21000", "21231"],
  SEATS_TAKEN: ["38000", "38185"],
  WANTS_FEWER_SEATS: ["63000", "63113"],
  CAMPAIGN_NOT_ACTIVE: ["49000", "49007"],
  ALREADY_RECEIVED: ["76000", "76540"],
  OWN_CUSTOMER: ["80000", "80021"],
  NOT_CONSENTED: ["87000", "87085"],
  FOUR: ["29200", "29019"],
  ONE_PERSON: ["51100", "51454"],
  SIMULATED: ["31000", "31555"],
  REPEATED: ["13001", "13201"],
  TAKEN_BACK: ["14000", "14118"],
  TAKEN_BACK_FROM_IT: ["37000", "37261"],
} as const;
type Scene = keyof typeof places;

const inScene = (scene: Scene): Pick<LeadOptions, "location"> => {
  const [postcode, inseeCode] = places[scene];
  return { location: { postcode, inseeCode } };
};
const zoneOf = (scene: Scene) => [{ departement: places[scene][0].slice(0, 2) }];

interface Player {
  readonly supplier: TestSupplier;
  readonly campaignId: string;
}
const players = new Map<Scene, Player>();
const playerIn = (scene: Scene): Player => {
  const player = players.get(scene);
  if (!player) throw new Error(`Nobody plays ${scene}.`);
  return player;
};

async function newPlayer(
  scene: Scene,
  change: Record<string, unknown> = {},
  options: Parameters<typeof newSupplier>[1] = {},
): Promise<Player> {
  const supplier = await newSupplier(server, options);
  const campaignId = await newCampaign(server, supplier, { zones: zoneOf(scene), ...change });
  const player = { supplier, campaignId };
  players.set(scene, player);
  return player;
}

const send = (scene: Scene, options: LeadOptions): Promise<SentLead> =>
  sendLead(server, { ...inScene(scene), ...options });

/** Each by another person. */
const sendMany = (count: number, scene: Scene, options: LeadOptions): Promise<SentLead[]> =>
  Promise.all(Array.from({ length: count }, () => send(scene, options)));

const none = (what: string, sql: string): Promise<unknown> =>
  until(what, async () => (await owner.rows(`SELECT FROM lead l WHERE ${sql} LIMIT 1`)).length === 0);
const decided = (): Promise<unknown> =>
  none(
    "every lead was decided",
    `confirmed_at IS NOT NULL AND erased_at IS NULL AND NOT EXISTS (SELECT FROM decision d WHERE d.lead_id = l.id)`,
  );
const closed = (): Promise<unknown> => none("every lead was closed", "state = 'OPEN'");

const missedQuery = `query ($id: ID!, $days: Int! = 30) { missedLeads(campaignId: $id, days: $days) {
  from until sampledOneIn otherPeople campaign { id version }
  reasons { reason field people samples explanation { fr en } } } }`;
const whyNotQuery = `query ($sample: ID!) { whyNot(sample: $sample) { campaign { id } reason field explanation { fr en }
  obstacles { reason field asked { field oneOf noneOf min max isSet } explanation { fr en } } } }`;
const simulateQuery = `query ($campaign: CampaignInput!, $instead: ID, $days: Int! = 30) {
  simulate(campaign: $campaign, instead: $instead, days: $days) {
    from until sampledOneIn lookedAt fitTerms volume spendCents lost { toCaps toSchedule toAge toRepeats }
    criteria { field moreWouldFit } moreWithoutExcludedZones overlaps { campaign { id } leads } } }`;

/** Everything that was ever told to a supplier here. */
const told: string[] = [];
async function tell(supplier: TestSupplier, query: string, variables: Record<string, unknown>): Promise<any> {
  const data = await must(server, supplier.token, { query, variables });
  told.push(JSON.stringify(data));
  return Object.values(data)[0];
}
const missedBy = ({ supplier, campaignId }: Player, days?: number): Promise<any> =>
  tell(supplier, missedQuery, { id: campaignId, ...(days !== undefined && { days }) });
const whyNot = ({ supplier }: Pick<Player, "supplier">, sample: string): Promise<any> =>
  tell(supplier, whyNotQuery, { sample });
const simulate = (supplier: TestSupplier, change: Record<string, unknown>, more = {}): Promise<any> =>
  tell(supplier, simulateQuery, { campaign: campaignInput(change), ...more });

const named = (answer: any, reason: string): any =>
  answer.reasons.find((one: { reason: string }) => one.reason === reason);
const errorOf = async (token: string, query: string, variables: Record<string, unknown>) => {
  const { errors, data } = await ask(server, token, { query, variables });
  return { data, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
};

async function ownCustomer({ token }: TestSupplier, contact: Record<string, unknown>): Promise<void> {
  const { ownCustomerList } = await must(server, token, { query: "{ ownCustomerList { key } }" });
  const hash = createHmac("sha256", Buffer.from(ownCustomerList.key, "base64"))
    .update(`EMAIL:${String(contact["email"])}`)
    .digest("hex");
  const query = "mutation ($hashes: [String!]!) { addOwnCustomers(hashes: $hashes) { count } }";
  await must(server, token, { query, variables: { hashes: [hash] } });
}

/** Monday: campaigns are made. */
async function furnish(): Promise<void> {
  rival = await newSupplier(server, { name: "Rivale Automobiles" });
  await newCampaign(server, rival, {
    name: "Partout",
    zones: [{ country: "FR" }],
    pricePerLeadCents: rivalPriceCents,
    duplicateWindowDays: 0,
  });
  await newPlayer("CAP_REACHED", { caps: [{ unit: "LEADS", period: "MONTH", limit: 1 }] });
  await newPlayer("BALANCE_TOO_LOW", {}, { paidInclVatCents: 0 });
  await newPlayer("OUTSIDE_SCHEDULE", { schedule: [{ days: ["SUN"], from: "09:00", to: "10:00" }] });
  await newPlayer("TOO_OLD", {
    maxAgeHours: 1,
    schedule: [{ days: ["TUE"], from: "15:00", to: "16:00" }],
  });
  await newPlayer("CRITERION_NOT_MET", {
    criteria: [
      { field: "budgetEuros", min: 50_000 },
      { field: "makes", oneOf: ["DACIA"] },
    ],
  });
  await newPlayer("IN_EXCLUDED_ZONE", { excludedZones: [{ commune: places.IN_EXCLUDED_ZONE[1] }] });
  await newPlayer("PLACE_NOT_PRECISE", {
    zones: [{ circle: { longitude: 3.88, latitude: 43.61, radiusKm: 20 } }],
  });
  await newPlayer("TAKEN_BACK_FROM_IT", {}, { paidInclVatCents: 0 });
  await newPlayer("RECEIVED_RECENTLY");
  await newPlayer("SEATS_TAKEN");
  await newPlayer("WANTS_FEWER_SEATS", { maxSeats: 1 });
  await newPlayer("CAMPAIGN_NOT_ACTIVE", { schedule: [{ days: ["SUN"], from: "09:00", to: "10:00" }] });
  await newPlayer("ALREADY_RECEIVED", { duplicateWindowDays: 0 });
  for (const scene of ["OWN_CUSTOMER", "NOT_CONSENTED", "FOUR", "ONE_PERSON", "TAKEN_BACK"] as const)
    await newPlayer(scene);
  await newPlayer("SIMULATED", { zones: zoneOf("SIMULATED") });
  await newPlayer("REPEATED");
}

/** Tuesday: people ask. */
async function people(): Promise<void> {
  const to = (scene: Scene, ...others: TestSupplier[]) => ({ to: [playerIn(scene).supplier, ...others] });
  await sendMany(6, "CAP_REACHED", to("CAP_REACHED"));
  for (const scene of ["BALANCE_TOO_LOW", "OUTSIDE_SCHEDULE", "TOO_OLD", "CAMPAIGN_NOT_ACTIVE"] as const)
    await sendMany(5, scene, to(scene));
  for (const scene of [
    "CRITERION_NOT_MET",
    "IN_EXCLUDED_ZONE",
    "PLACE_NOT_PRECISE",
    "NOT_CONSENTED",
  ] as const)
    await sendMany(5, scene, { to: [rival] });
  await sendMany(4, "FOUR", { to: [rival] });
  const [tireless, buyers, again] = [person(), persons(5), persons(5)];
  for (const horizon of ["WITHIN_3_MONTHS", "WITHIN_6_MONTHS"])
    for (const contact of buyers)
      await send("RECEIVED_RECENTLY", { ...to("RECEIVED_RECENTLY"), contact, answers: answers({ horizon }) });
  for (let time = 0; time < 2; time++)
    for (const contact of again) await send("ALREADY_RECEIVED", { ...to("ALREADY_RECEIVED"), contact });
  for (let budget = 0; budget < 5; budget++)
    await send("ONE_PERSON", {
      to: [rival],
      contact: tireless,
      answers: answers({ budgetEuros: 20_000 + budget * 1_000 }),
    });
  await withOthersFirst();
  for (const contact of persons(5)) {
    await ownCustomer(playerIn("OWN_CUSTOMER").supplier, contact);
    await send("OWN_CUSTOMER", { ...to("OWN_CUSTOMER", rival), contact });
  }
  await sendMany(12, "SIMULATED", { to: [rival] });
  await sendMany(6, "SIMULATED", { to: [rival], answers: answers({ budgetEuros: 9_000 }) });
  const repeating = persons(6);
  for (const budgetEuros of [21_000, 22_000])
    for (const contact of repeating)
      await send("REPEATED", { to: [rival], contact, answers: answers({ budgetEuros }) });
  await withSecondThoughts();
}

/** Some take back everything, others only what they said to one supplier. */
async function withSecondThoughts(): Promise<void> {
  const whole = await sendMany(5, "TAKEN_BACK", { to: [rival] });
  const { supplier } = playerIn("TAKEN_BACK_FROM_IT");
  const partly = await sendMany(5, "TAKEN_BACK_FROM_IT", { to: [supplier, rival] });
  await decided();
  const query = "mutation ($ids: [ID!]) { withdrawConsent(input: { supplierIds: $ids }) { state } }";
  for (const { personalToken } of whole) await must(server, personalToken, { query });
  for (const { personalToken } of partly)
    await must(server, personalToken, { query, variables: { ids: [supplier.id] } });
}

async function withOthersFirst(): Promise<void> {
  const exclusive = await newSupplier(server);
  const fewer = await newSupplier(server);
  const high = { pricePerLeadCents: 9_000 };
  await newCampaign(server, exclusive, { zones: zoneOf("SEATS_TAKEN"), maxSeats: 1, ...high });
  await newCampaign(server, fewer, { zones: zoneOf("WANTS_FEWER_SEATS"), ...high });
  await sendMany(5, "SEATS_TAKEN", { to: [playerIn("SEATS_TAKEN").supplier, exclusive] });
  await sendMany(5, "WANTS_FEWER_SEATS", { to: [playerIn("WANTS_FEWER_SEATS").supplier, fewer] });
}

const persons = (count: number): Record<string, unknown>[] => Array.from({ length: count }, () => person());

const pause = async ({ supplier, campaignId }: Player): Promise<void> => {
  const query = "mutation ($id: ID!) { setCampaignStatus(id: $id, status: PAUSED) { status } }";
  await must(server, supplier.token, { query, variables: { id: campaignId } });
};

useServer(async (started) => {
  ({ server, owner } = started);
  setClock(server, "2026-11-30T10:00:00Z");
  await furnish();
  setClock(server, "2026-12-01T10:00:00Z");
  await people();
  await pause(playerIn("CAMPAIGN_NOT_ACTIVE"));
  // The hour at which one opens: what it finds is too old by then.
  setClock(server, "2026-12-01T14:10:00Z");
  await until("it was tried again", async () => {
    const rows = await owner.rows("SELECT lead_id, packed FROM decision");
    const again = rows.filter(({ lead_id, packed }) =>
      unpackDecision(lead_id as string, packed as Buffer).outcome.verdicts.some(
        ({ reason }) => reason === "TOO_OLD" || reason === "CAMPAIGN_NOT_ACTIVE",
      ),
    );
    return new Set(again.map(({ lead_id }) => lead_id as string)).size >= 10;
  });
  setClock(server, "2026-12-02T20:00:00Z");
  await closed();
  setClock(server, "2026-12-03T10:00:00Z");
});

describe("missed leads", () => {
  it.each<[Scene, string, string | null]>([
    ["CAP_REACHED", "CAP_REACHED", null],
    ["BALANCE_TOO_LOW", "BALANCE_TOO_LOW", null],
    ["OUTSIDE_SCHEDULE", "OUTSIDE_SCHEDULE", null],
    ["TOO_OLD", "TOO_OLD", null],
    ["CAMPAIGN_NOT_ACTIVE", "CAMPAIGN_NOT_ACTIVE", null],
    ["CRITERION_NOT_MET", "CRITERION_NOT_MET", "budgetEuros"],
    ["IN_EXCLUDED_ZONE", "IN_EXCLUDED_ZONE", null],
    ["RECEIVED_RECENTLY", "CHOSE_OTHERS", null],
    ["SEATS_TAKEN", "OTHERS_WERE_FIRST", null],
    ["WANTS_FEWER_SEATS", "OTHERS_WERE_FIRST", null],
    ["ALREADY_RECEIVED", "CHOSE_OTHERS", null],
    ["OWN_CUSTOMER", "CHOSE_OTHERS", null],
    ["NOT_CONSENTED", "CHOSE_OTHERS", null],
    ["TAKEN_BACK_FROM_IT", "CHOSE_OTHERS", null],
  ])("by %s are told as %s", async (scene, reason, field) => {
    const answer = await missedBy(playerIn(scene));
    expect(answer).toMatchObject({
      from: "2026-12-01T00:00:00.000Z",
      until: "2026-12-03T00:00:00.000Z",
      sampledOneIn: 1,
      otherPeople: 0,
    });
    expect(answer.reasons.map((one: { reason: string }) => one.reason)).toEqual(["OUTSIDE_ZONES", reason]);
    expect(named(answer, reason)).toMatchObject({ field, people: 5 });
    expect(named(answer, reason).samples).toHaveLength(3);
    const why = await whyNot(playerIn(scene), named(answer, reason).samples[0]);
    expect(why).toMatchObject({ reason, field, campaign: { id: playerIn(scene).campaignId } });
  });

  it("of places without a known position are told apart where only a shape could hold them", async () => {
    const answer = await missedBy(playerIn("PLACE_NOT_PRECISE"));
    expect(answer.reasons.map((one: { reason: string }) => one.reason)).toEqual(["PLACE_NOT_PRECISE"]);
  });

  it("are explained by all of the supplier's own terms, and what it asks", async () => {
    const player = playerIn("CRITERION_NOT_MET");
    const answer = await missedBy(player);
    const why = await whyNot(player, named(answer, "CRITERION_NOT_MET").samples[1]);
    expect(why.explanation).toEqual({
      fr: "Votre critère « Budget, toutes taxes comprises » (au moins 50000) n'était pas rempli.",
      en: 'Your criterion "Budget, taxes included" (at least 50000) was not met.',
    });
    expect(why.obstacles).toMatchObject([
      { reason: "CRITERION_NOT_MET", field: "budgetEuros", asked: { min: 50_000, oneOf: null } },
      { reason: "CRITERION_NOT_MET", field: "makes", asked: { oneOf: ["DACIA"], min: null } },
    ]);
  });

  it("are the same at two calls of one day, samples too but for their seals", async () => {
    const player = playerIn("CAP_REACHED");
    const [one, other] = [await missedBy(player), await missedBy(player)];
    const bare = (answer: any) => ({
      ...answer,
      reasons: answer.reasons.map(({ samples: _, ...rest }: any) => rest),
    });
    expect(bare(one)).toEqual(bare(other));
    const samples = [one, other].flatMap((answer) => answer.reasons.flatMap((reason: any) => reason.samples));
    expect(new Set(samples).size).toBe(samples.length);
    expect(new Set(samples.map((sample) => String(sample).length)).size).toBe(1);
  });

  it("of four people, or of one who asked five times, are not named and not counted", async () => {
    for (const scene of ["FOUR", "ONE_PERSON"] as const) {
      const answer = await missedBy(playerIn(scene));
      expect(answer.reasons.map((one: { reason: string }) => one.reason)).toEqual(["OUTSIDE_ZONES"]);
      expect(answer.otherPeople).toBe(0);
    }
  });

  it("are none of those whose consent was taken back whole", async () => {
    const answer = await missedBy(playerIn("TAKEN_BACK"));
    expect(answer.reasons.map((one: { reason: string }) => one.reason)).toEqual(["OUTSIDE_ZONES"]);
  });

  it("are told byte for byte the same whether people are its customers already or chose others", async () => {
    const sight = async (scene: Scene): Promise<string> => {
      const player = playerIn(scene);
      const answer = await missedBy(player);
      const whys: unknown[] = [];
      for (const sample of named(answer, "CHOSE_OTHERS").samples) whys.push(await whyNot(player, sample));
      const lengths = answer.reasons.map(({ samples }: any) =>
        samples.map((sample: string) => sample.length),
      );
      const bare = answer.reasons.map(({ samples: _, ...rest }: any) => rest);
      return JSON.stringify({ ...answer, reasons: bare, lengths, whys }).replaceAll(player.campaignId, "it");
    };
    expect(await sight("OWN_CUSTOMER")).toBe(await sight("NOT_CONSENTED"));
  });

  it("count only from the first midnight after the campaign's version was made", async () => {
    const player = playerIn("BALANCE_TOO_LOW");
    const query =
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { version } }";
    const before = named(await missedBy(player), "BALANCE_TOO_LOW").samples[0];
    await must(server, player.supplier.token, {
      query,
      variables: { id: player.campaignId, input: campaignInput({ zones: zoneOf("BALANCE_TOO_LOW") }) },
    });
    const answer = await missedBy(player);
    expect(answer).toMatchObject({
      from: answer.until,
      reasons: [],
      otherPeople: 0,
      campaign: { version: 2 },
    });
    // What was drawn for the version before is of no use any more.
    expect(await errorOf(player.supplier.token, whyNotQuery, { sample: before })).toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("another's", () => {
  it("campaign is not found, as one that never was", async () => {
    const [mine, theirs] = [playerIn("CAP_REACHED"), playerIn("FOUR")];
    for (const id of [theirs.campaignId, randomUUID(), "x"]) {
      const refused = {
        data: null,
        code: "NOT_FOUND",
        message: "There is no such campaign, or it is not yours.",
      };
      expect(await errorOf(mine.supplier.token, missedQuery, { id })).toEqual(refused);
      const variables = { campaign: campaignInput(), instead: id };
      expect(await errorOf(mine.supplier.token, simulateQuery, variables)).toEqual(refused);
    }
  });

  it("sample, one that was altered, and one whose time is over are not found", async () => {
    const [mine, theirs] = [playerIn("CAP_REACHED"), playerIn("OUTSIDE_SCHEDULE")];
    const sample = named(await missedBy(theirs), "OUTSIDE_SCHEDULE").samples[0] as string;
    const refused = {
      data: null,
      code: "NOT_FOUND",
      message: "There is no such sample, or it is not yours.",
    };
    expect(await errorOf(mine.supplier.token, whyNotQuery, { sample })).toEqual(refused);
    for (const at of [0, 20, 60, sample.length - 2]) {
      const altered = sample.slice(0, at) + (sample[at] === "A" ? "B" : "A") + sample.slice(at + 1);
      expect(await errorOf(theirs.supplier.token, whyNotQuery, { sample: altered })).toEqual(refused);
    }
    for (const nonsense of ["", "x", `${sample}=`])
      expect(await errorOf(theirs.supplier.token, whyNotQuery, { sample: nonsense })).toEqual(refused);
    const own = named(await missedBy(mine), "CAP_REACHED").samples[0] as string;
    const now = server.clock.now().toISOString();
    setClock(server, "2026-12-04T23:59:50Z");
    expect((await whyNot(mine, own)).reason).toBe("CAP_REACHED");
    setClock(server, "2026-12-05T00:00:10Z");
    expect(await errorOf(mine.supplier.token, whyNotQuery, { sample: own })).toEqual(refused);
    setClock(server, now);
  });
});

describe("a simulation", () => {
  const draft = { zones: zoneOf("SIMULATED"), criteria: [{ field: "budgetEuros", min: 20_000 }] };
  const simulating = (change: Record<string, unknown> = {}, more = {}): Promise<any> =>
    simulate(playerIn("SIMULATED").supplier, { ...draft, ...change }, more);

  it("says how many fit, what they cost, and what the criterion keeps out", async () => {
    const { lookedAt, ...answer } = await simulating();
    expect(lookedAt).toBeGreaterThanOrEqual(80);
    expect(answer).toEqual({
      from: "2026-11-03T00:00:00.000Z",
      until: "2026-12-03T00:00:00.000Z",
      sampledOneIn: 1,
      fitTerms: 10,
      volume: 10,
      spendCents: 30_000,
      lost: { toCaps: 0, toSchedule: 0, toAge: 0, toRepeats: 0 },
      criteria: [{ field: "budgetEuros", moreWouldFit: 5 }],
      moreWithoutExcludedZones: 0,
      overlaps: [{ campaign: { id: playerIn("SIMULATED").campaignId }, leads: 10 }],
    });
    expect((await simulating({}, { days: 1 })).lookedAt).toBe(0);
  });

  it("keeps caps of leads and of money", async () => {
    const inAnHour = { maxAgeHours: 1 };
    const leads = await simulating({ ...inAnHour, caps: [{ unit: "LEADS", period: "DAY", limit: 6 }] });
    expect(leads).toMatchObject({ volume: 5, spendCents: 15_000, lost: { toCaps: 5 } });
    const money = await simulating({
      ...inAnHour,
      caps: [{ unit: "SPEND_CENTS", period: "WEEK", limit: 20_999 }],
    });
    expect(money).toMatchObject({ fitTerms: 10, volume: 5, lost: { toCaps: 5 } });
    // By the next day's room, those that may wait so long come too.
    const patient = await simulating({ caps: [{ unit: "LEADS", period: "DAY", limit: 6 }] });
    expect(patient).toMatchObject({ volume: 10, lost: { toCaps: 0 } });
  });

  it("keeps opening hours, the age limit and excluded zones", async () => {
    const sunday = [{ days: ["SUN"], from: "09:00", to: "18:00" }];
    expect(await simulating({ schedule: sunday })).toMatchObject({ volume: 0, lost: { toSchedule: 10 } });
    const excluded = await simulating({ excludedZones: [{ commune: places.SIMULATED[1] }] });
    expect(excluded).toMatchObject({ fitTerms: 0, volume: 0, moreWithoutExcludedZones: 10 });
  });

  it("does not take the same person twice within the window", async () => {
    const { supplier } = playerIn("REPEATED");
    const once = await simulate(supplier, { zones: [{ departement: "13" }] });
    expect(once).toMatchObject({ fitTerms: 10, volume: 5, lost: { toRepeats: 5 } });
    const again = await simulate(supplier, { zones: [{ departement: "13" }], duplicateWindowDays: 0 });
    expect(again).toMatchObject({ fitTerms: 10, volume: 10, lost: { toRepeats: 0 } });
  });

  it("compares with the supplier's other campaigns, and not with the one it would replace", async () => {
    const { supplier, campaignId } = playerIn("SIMULATED");
    const elsewhere = await newCampaign(server, supplier, { zones: [{ departement: "2A" }] });
    expect((await simulating()).overlaps).toEqual([
      { campaign: { id: elsewhere }, leads: 0 },
      { campaign: { id: campaignId }, leads: 10 },
    ]);
    expect((await simulating({}, { instead: campaignId })).overlaps).toEqual([
      { campaign: { id: elsewhere }, leads: 0 },
    ]);
  });

  it("counts nothing of four people", async () => {
    const few = await simulate(playerIn("FOUR").supplier, { zones: zoneOf("FOUR") });
    expect(few).toMatchObject({ fitTerms: 0, volume: 0, spendCents: 0, overlaps: [{ leads: 0 }] });
  });

  it.each<[string, Record<string, unknown>]>([
    ["a price below the floor", { pricePerLeadCents: 1 }],
    ["a field that is not asked", { criteria: [{ field: "shoeSize", min: 40 }] }],
    ["no zone", { zones: [] }],
    ["a cap of nothing", { caps: [{ unit: "LEADS", period: "DAY", limit: 0 }] }],
    ["a product that is none", { product: "BICYCLE" }],
    ["a site that is not its own", { site: randomUUID() }],
  ])("of %s is refused as createCampaign refuses it", async (_what, change) => {
    const { token } = playerIn("SIMULATED").supplier;
    const campaign = campaignInput(change);
    const create = "mutation ($campaign: CampaignInput!) { createCampaign(input: $campaign) { id } }";
    const refused = await errorOf(token, create, { campaign });
    expect(refused.message).toBeDefined();
    expect(await errorOf(token, simulateQuery, { campaign })).toEqual(refused);
  });

  it.each([0, 91])("of %d days is refused", async (days) => {
    const { token } = playerIn("SIMULATED").supplier;
    const refused = { code: "INVALID_INPUT", message: "days must be a whole number from 1 to 90." };
    expect(await errorOf(token, simulateQuery, { campaign: campaignInput(), days })).toMatchObject(refused);
    const id = playerIn("SIMULATED").campaignId;
    expect(await errorOf(token, missedQuery, { id, days })).toMatchObject(refused);
  });
});

describe("the past that is looked at", () => {
  const asked = (change: Partial<PastLeadQuery> = {}): PastLeadQuery => ({
    from: new Date("2026-12-01T00:00:00Z"),
    until: new Date("2026-12-03T00:00:00Z"),
    supplierId: rival.id,
    product: "NEW_CAR",
    onlyClosed: false,
    ...change,
  });
  async function read(past: PastLeads, sampledOneIn: number): Promise<PastLead[]> {
    const leads: PastLead[] = [];
    for await (const page of past.pages(asked(), sampledOneIn)) leads.push(...page);
    return leads;
  }

  it("is read whole whatever the pages, also where times of submission differ by less than a millisecond", async () => {
    const { transact, allocation } = server.running.services;
    const { decisions } = allocation.assign;
    await owner.rows(
      "UPDATE lead SET submitted_at = '2026-12-01T10:00:00.000001Z' WHERE product_id = 'NEW_CAR' AND random() < 0.5",
    );
    const idsBy = async (pageSize: number): Promise<string[]> =>
      (await read(new PastLeads(transact, decisions, { pageSize, readAtMost: 20_000 }), 1)).map(
        ({ leadId }) => leadId,
      );
    const whole = await idsBy(1_000);
    expect(whole.length).toBeGreaterThan(80);
    for (const pageSize of [1, 7, whole.length]) expect(await idsBy(pageSize)).toEqual(whole);
  });

  it("is a sample of one in so many if there is too much of it: always the same leads", async () => {
    const { transact, allocation } = server.running.services;
    const { decisions } = allocation.assign;
    const past = new PastLeads(transact, decisions, { pageSize: 10, readAtMost: 30 });
    const whole = await read(past, 1);
    const sampledOneIn = await past.sampledOneIn(asked());
    expect(sampledOneIn).toBe(Math.ceil((whole.length + 5) / 30));
    const sample = await read(past, sampledOneIn);
    expect(await read(past, sampledOneIn)).toEqual(sample);
    expect(sample.length).toBeGreaterThan(0);
    expect(sample.length).toBeLessThan(whole.length);
    for (const { leadId } of sample) expect(whole.map((one) => one.leadId)).toContain(leadId);
  });
});

describe("one more person", () => {
  it("makes a fifth, and the reason is named the day after they were missed", async () => {
    const player = playerIn("FOUR");
    await send("FOUR", { to: [rival] });
    await decided();
    await closed();
    expect(named(await missedBy(player), "CHOSE_OTHERS")).toBeUndefined();
    setClock(server, "2026-12-04T10:00:00Z");
    const answer = await missedBy(player);
    expect(named(answer, "CHOSE_OTHERS")).toMatchObject({ people: 5 });
    const sample = named(answer, "CHOSE_OTHERS").samples[0];
    expect((await whyNot(player, sample)).obstacles).toEqual([]);
    // Whoever is erased is counted no more, and explained no more.
    const erase = "mutation ($reference: ID!) { eraseRequest(reference: $reference) }";
    const references = await owner.rows(
      "SELECT reference FROM lead l JOIN lead_need n ON n.lead_id = l.id WHERE n.place->>'inseeCode' = $1",
      [places.FOUR[1]],
    );
    expect(references).toHaveLength(5);
    for (const { reference } of references)
      await must(server, server.adminToken, { query: erase, variables: { reference } });
    expect(named(await missedBy(player), "CHOSE_OTHERS")).toBeUndefined();
    expect(await errorOf(player.supplier.token, whyNotQuery, { sample })).toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("all that was told", () => {
  it("holds nothing of a person, nothing of a rival, and no instant but the period's", async () => {
    const leads = await owner.rows("SELECT id, reference FROM lead");
    const suppliers = await owner.rows("SELECT id, name FROM supplier");
    const text = told.join("\n");
    expect(told.length).toBeGreaterThan(50);
    const ids = [...leads, ...suppliers].map(({ id }) => id as string);
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
    const words = [
      ...leads.map(({ reference }) => reference as string),
      ...suppliers.map(({ name }) => name as string),
      ...["Zélie", "Essai", "exemple.example", "Toulouse", "Rennes", "WITHIN_", "25000", "9000"],
      ...[String(rivalPriceCents), "OWN_CUSTOMER", "ALREADY_RECEIVED", "NOT_CONSENTED", "SEATS", "gap"],
    ];
    // In what is random, sealed samples and the supplier's own ids, any short word may stand by chance.
    const said = text.replace(/"[\w.-]{36,}"/g, '"random"');
    expect(words.filter((word) => said.includes(word))).toEqual([]);
    const instants = new Set(text.match(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g));
    for (const instant of instants) expect(instant).toMatch(/T00:00:00\.000Z$/);
  });
});

describe("asking too often", () => {
  it("is refused for the supplier, whichever of its keys asks, and for no other", async () => {
    const narrow = await startTestServer({ environment: { LIMIT_INSIGHTS_PER_HOUR: "3" } });
    try {
      const [eager, calm] = [await newSupplier(narrow), await newSupplier(narrow)];
      const id = await newCampaign(narrow, eager);
      const asking = [
        { query: missedQuery, variables: { id } },
        { query: whyNotQuery, variables: { sample: "x" } },
        { query: simulateQuery, variables: { campaign: campaignInput() } },
        { query: simulateQuery, variables: { campaign: campaignInput() } },
      ];
      const codes: (string | undefined)[] = [];
      for (const request of asking)
        codes.push((await ask(narrow, eager.token, request)).errors?.[0]?.extensions.code);
      expect(codes).toEqual([undefined, "NOT_FOUND", undefined, "RATE_LIMITED"]);
      const { errors } = await ask(narrow, eager.token, { query: missedQuery, variables: { id } });
      expect(errors?.[0]?.message).toMatch(
        /^Your company has reached the hourly limit .* Try again in \d+ min\.$/,
      );
      const campaign = campaignInput();
      expect(
        (await ask(narrow, calm.token, { query: simulateQuery, variables: { campaign } })).errors,
      ).toBeUndefined();
    } finally {
      await narrow.stop();
    }
  });
});
