/**
 * Suppliers learn which leads they missed and what a draft campaign would have received. The answers are
 * counts in which no single person stands out; they reveal nothing about a person, another supplier or the
 * supplier's own customers.
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

/** Each scene has its own département, in which only its supplier and the rival want leads. */
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

/** Sends leads of different persons. */
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
const whyNotQuery = `query ($sample: ID!) { whyNot(sample: $sample) { campaign { id } reason field explanation { text english: text(language: EN) fr en }
  obstacles { reason field asked { field oneOf noneOf min max isSet } explanation { fr en } } } }`;
const simulateQuery = `query ($campaign: CampaignInput!, $instead: ID, $days: Int! = 30) {
  simulate(campaign: $campaign, instead: $instead, days: $days) {
    from until sampledOneIn lookedAt fitTerms volume spendCents lost { toCaps toSchedule toAge toRepeats }
    criteria { field moreWouldFit } moreWithoutExcludedZones overlaps { campaign { id } leads } } }`;

/** Every answer that a supplier received in this file. */
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

/** Monday: suppliers create campaigns. */
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

/** Tuesday: persons submit requests. */
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

/** Some persons withdraw everything, others only their consent for one supplier. */
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
  // One campaign opens at this hour, when its waiting leads are already too old.
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
  ])("of %s are reported as %s", async (scene, reason, field) => {
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

  it("without a known position are reported separately where only a circle or polygon could match", async () => {
    const answer = await missedBy(playerIn("PLACE_NOT_PRECISE"));
    expect(answer.reasons.map((one: { reason: string }) => one.reason)).toEqual(["PLACE_NOT_PRECISE"]);
  });

  it("are explained with all of the supplier's own terms that were not met", async () => {
    const player = playerIn("CRITERION_NOT_MET");
    const answer = await missedBy(player);
    const why = await whyNot(player, named(answer, "CRITERION_NOT_MET").samples[1]);
    const fr = "Votre critère « Budget, toutes taxes comprises » (au moins 50000) n'était pas rempli.";
    const en = 'Your criterion "Budget, taxes included" (at least 50000) was not met.';
    expect(why.explanation).toEqual({ text: fr, english: en, fr, en });
    expect(why.obstacles).toMatchObject([
      { reason: "CRITERION_NOT_MET", field: "budgetEuros", asked: { min: 50_000, oneOf: null } },
      { reason: "CRITERION_NOT_MET", field: "makes", asked: { oneOf: ["DACIA"], min: null } },
    ]);
  });

  it("are the same in two calls on one day, except for the encryption of the samples", async () => {
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

  it("of four persons, or of one person five times, are neither named nor counted", async () => {
    for (const scene of ["FOUR", "ONE_PERSON"] as const) {
      const answer = await missedBy(playerIn(scene));
      expect(answer.reasons.map((one: { reason: string }) => one.reason)).toEqual(["OUTSIDE_ZONES"]);
      expect(answer.otherPeople).toBe(0);
    }
  });

  it("leave out persons who withdrew everything", async () => {
    const answer = await missedBy(playerIn("TAKEN_BACK"));
    expect(answer.reasons.map((one: { reason: string }) => one.reason)).toEqual(["OUTSIDE_ZONES"]);
  });

  it("look identical for persons who are already customers and for persons who chose others", async () => {
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

  it("are counted only from the first midnight after the campaign's version was created", async () => {
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
    // Samples of the previous version are no longer valid.
    expect(await errorOf(player.supplier.token, whyNotQuery, { sample: before })).toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("an object of another supplier", () => {
  it("is not found as a campaign, like one that does not exist", async () => {
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

  it("is not found as a sample, like one that was altered or has expired", async () => {
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

  it("counts the leads that fit, their cost, and those that only the criterion keeps out", async () => {
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

  it("respects caps on leads and on spend", async () => {
    const inAnHour = { maxAgeHours: 1 };
    const leads = await simulating({ ...inAnHour, caps: [{ unit: "LEADS", period: "DAY", limit: 6 }] });
    expect(leads).toMatchObject({ volume: 5, spendCents: 15_000, lost: { toCaps: 5 } });
    const money = await simulating({
      ...inAnHour,
      caps: [{ unit: "SPEND_CENTS", period: "WEEK", limit: 20_999 }],
    });
    expect(money).toMatchObject({ fitTerms: 10, volume: 5, lost: { toCaps: 5 } });
    // Leads that may wait until the next day use its cap.
    const patient = await simulating({ caps: [{ unit: "LEADS", period: "DAY", limit: 6 }] });
    expect(patient).toMatchObject({ volume: 10, lost: { toCaps: 0 } });
  });

  it("respects opening hours and excluded zones", async () => {
    const sunday = [{ days: ["SUN"], from: "09:00", to: "18:00" }];
    expect(await simulating({ schedule: sunday })).toMatchObject({ volume: 0, lost: { toSchedule: 10 } });
    const excluded = await simulating({ excludedZones: [{ commune: places.SIMULATED[1] }] });
    expect(excluded).toMatchObject({ fitTerms: 0, volume: 0, moreWithoutExcludedZones: 10 });
  });

  it("does not count the same person twice within the duplicate window", async () => {
    const { supplier } = playerIn("REPEATED");
    const once = await simulate(supplier, { zones: [{ departement: "13" }] });
    expect(once).toMatchObject({ fitTerms: 10, volume: 5, lost: { toRepeats: 5 } });
    const again = await simulate(supplier, { zones: [{ departement: "13" }], duplicateWindowDays: 0 });
    expect(again).toMatchObject({ fitTerms: 10, volume: 10, lost: { toRepeats: 0 } });
  });

  it("compares with the supplier's other campaigns but not with the one the draft would replace", async () => {
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

  it("counts nothing when there were only four persons", async () => {
    const few = await simulate(playerIn("FOUR").supplier, { zones: zoneOf("FOUR") });
    expect(few).toMatchObject({ fitTerms: 0, volume: 0, spendCents: 0, overlaps: [{ leads: 0 }] });
  });

  it.each<[string, Record<string, unknown>]>([
    ["a price below the floor", { pricePerLeadCents: 1 }],
    ["an unknown field", { criteria: [{ field: "shoeSize", min: 40 }] }],
    ["no zone", { zones: [] }],
    ["a cap of zero", { caps: [{ unit: "LEADS", period: "DAY", limit: 0 }] }],
    ["an unknown product", { product: "BICYCLE" }],
    ["a site of another supplier", { site: randomUUID() }],
  ])("with %s is refused with the same error as createCampaign", async (_what, change) => {
    const { token } = playerIn("SIMULATED").supplier;
    const campaign = campaignInput(change);
    const create = "mutation ($campaign: CampaignInput!) { createCampaign(input: $campaign) { id } }";
    const refused = await errorOf(token, create, { campaign });
    expect(refused.message).toBeDefined();
    expect(await errorOf(token, simulateQuery, { campaign })).toEqual(refused);
  });

  it.each([0, 91])("over %d days is refused", async (days) => {
    const { token } = playerIn("SIMULATED").supplier;
    const refused = { code: "INVALID_INPUT", message: "days must be a whole number from 1 to 90." };
    expect(await errorOf(token, simulateQuery, { campaign: campaignInput(), days })).toMatchObject(refused);
    const id = playerIn("SIMULATED").campaignId;
    expect(await errorOf(token, missedQuery, { id, days })).toMatchObject(refused);
  });
});

describe("past leads", () => {
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

  it("are read completely with every page size, even if submitted within the same millisecond", async () => {
    const { transact, allocation } = server.running.services;
    const { decisions } = allocation.assign;
    const together = await owner.rows(
      `WITH numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM lead WHERE product_id = 'NEW_CAR')
       UPDATE lead SET submitted_at = '2026-12-01T10:00:00.000001Z' FROM numbered
       WHERE lead.id = numbered.id AND n % 2 = 0 RETURNING lead.id`,
    );
    expect(together.length).toBeGreaterThan(20);
    const idsBy = async (pageSize: number): Promise<string[]> =>
      (await read(new PastLeads(transact, decisions, { pageSize, readAtMost: 20_000 }), 1)).map(
        ({ leadId }) => leadId,
      );
    const whole = await idsBy(1_000);
    expect(whole.length).toBeGreaterThan(80);
    for (const pageSize of [1, 7, whole.length]) expect(await idsBy(pageSize)).toEqual(whole);
  });

  it("are sampled when there are too many, always with the same leads", async () => {
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

describe("a fifth person", () => {
  it("makes the count large enough for the reason to be named from the next day", async () => {
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
    // Erased persons are no longer counted or explained.
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

describe("all answers together", () => {
  it("contain nothing of a person or a rival and no time except those of the period", async () => {
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
    // Encrypted samples and the supplier's own ids are random and may contain any short word by chance.
    const said = text.replace(/"[\w.-]{36,}"/g, '"random"');
    expect(words.filter((word) => said.includes(word))).toEqual([]);
    const instants = new Set(text.match(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g));
    for (const instant of instants) expect(instant).toMatch(/T00:00:00\.000Z$/);
  });
});

describe("the hourly limit", () => {
  it("applies to the supplier across all its keys and to no other supplier", async () => {
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
        /^Your company has reached the hourly limit .* Try again in \d+ s\.$/,
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
