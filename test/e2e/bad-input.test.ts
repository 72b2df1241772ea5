/**
 * Every mistake a client can make has one exact answer: an error code it can act on and a message that says
 * what is wrong and how to fix it. A refused request has no effect.
 */
import { randomUUID } from "node:crypto";
import { ask, must, type GraphQLAnswer } from "../support/client";
import {
  answers,
  campaignInput,
  confirmMutation,
  inventedSiren,
  newCampaign,
  newSupplier,
  person,
  preview,
  sendLead,
  submit,
  submitMutation,
  transmitTo,
  wholeFeed,
  type TestSupplier,
} from "../support/journey";
import type { Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let supplier: TestSupplier;
let hidden: TestSupplier;
let leadId: string;

useServer(async (started) => {
  ({ server, owner } = started);
  [supplier, hidden] = [await newSupplier(server), await newSupplier(server)];
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier] });
  leadId = await until(
    "a lead is delivered",
    async () => (await wholeFeed(server, supplier))[0]?.leadId as string,
  );
});

const minuteMs = 60_000;

/** The single error of the answer, as "code: message". */
function refusalIn({ data, errors }: GraphQLAnswer): string {
  expect(errors ?? data).toHaveLength(1);
  expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
  return `${errors?.[0]?.extensions.code ?? ""}: ${errors?.[0]?.message ?? ""}`;
}

const refusal = async (
  token: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<string> => refusalIn(await ask(server, token, { query, variables }));

type Case = readonly [what: string, change: Record<string, unknown>, answer: string];

describe("previewRecipients refuses answers", () => {
  const given = { product: "NEW_CAR", answers: answers(), location: { postcode: "69003" } };
  const fields =
    "the fields are makes, model, energy, body, budgetEuros, financing, tradeIn, horizon, wantedBy, comment.";

  it.each<Case>([
    [
      "with an unknown field",
      { answers: answers({ colour: "RED" }) },
      `INVALID_INPUT: There is no field colour in the form of NEW_CAR: ${fields}`,
    ],
    [
      "with a field that is not a valid name",
      { answers: answers({ "a b": 1 }) },
      `INVALID_INPUT: There is no such field in the form of NEW_CAR: ${fields}`,
    ],
    [
      "with text for a number",
      { answers: answers({ budgetEuros: "25000" }) },
      "INVALID_INPUT: Field budgetEuros takes a number.",
    ],
    [
      "with a number out of range",
      { answers: answers({ budgetEuros: 4_999 }) },
      "INVALID_INPUT: Field budgetEuros is from 5000 to 300000 EUR.",
    ],
    [
      "with a number far out of range",
      { answers: answers({ budgetEuros: 1e300 }) },
      "INVALID_INPUT: Field budgetEuros is from 5000 to 300000 EUR.",
    ],
    [
      "with an unknown option",
      { answers: answers({ horizon: "SOON" }) },
      "INVALID_INPUT: Field horizon takes one of: NOW, WITHIN_3_MONTHS, WITHIN_6_MONTHS, LATER.",
    ],
    [
      "with one option for a list",
      { answers: answers({ energy: "DIESEL" }) },
      "INVALID_INPUT: Field energy takes a list of at least one option; to express no preference, leave it out.",
    ],
    [
      "with an empty list",
      { answers: answers({ energy: [] }) },
      "INVALID_INPUT: Field energy takes a list of at least one option; to express no preference, leave it out.",
    ],
    [
      "with an unknown option in a list",
      { answers: answers({ energy: ["STEAM"] }) },
      "INVALID_INPUT: Field energy takes options out of: PETROL, DIESEL, HYBRID, PLUG_IN_HYBRID, ELECTRIC, LPG.",
    ],
    [
      "with an option twice",
      { answers: answers({ energy: ["LPG", "LPG"] }) },
      "INVALID_INPUT: Field energy names an option twice: name it once.",
    ],
    [
      "with text for a boolean",
      { answers: answers({ tradeIn: "yes" }) },
      "INVALID_INPUT: Field tradeIn takes true or false.",
    ],
    [
      "with a date that does not exist",
      { answers: answers({ wantedBy: "2027-02-30" }) },
      "INVALID_INPUT: Field wantedBy takes a date of the calendar, written YYYY-MM-DD.",
    ],
    [
      "with a text that is too long",
      { answers: answers({ comment: "é".repeat(1_001) }) },
      "INVALID_INPUT: Field comment takes 1 to 1000 characters; to say nothing, leave it out.",
    ],
    [
      "with a control character",
      { answers: answers({ comment: "a\u0007b" }) },
      "INVALID_INPUT: Field comment contains control characters: remove them.",
    ],
    [
      "with a NUL character",
      { answers: answers({ comment: "a\u0000b" }) },
      'INVALID_INPUT: Variable "$input" contains a NUL character, which cannot be stored; remove it.',
    ],
    [
      "with a field answered twice",
      { answers: [...answers(), ...answers()] },
      "INVALID_INPUT: Field budgetEuros is answered twice: answer it once.",
    ],
    [
      "without a required field",
      { answers: answers().slice(0, 1) },
      "INVALID_INPUT: Field horizon is required: answer it.",
    ],
    [
      "for an unknown product",
      { product: "BOAT" },
      "NOT_FOUND: There is no such product, or it is not yours.",
    ],
    [
      "with a postcode that several communes share",
      { location: { postcode: "97500" } },
      'INVALID_INPUT: Postcode 97500 is shared by 2 communes: give inseeCode too; communes(postcode: "97500") lists them.',
    ],
    [
      "with an unassigned postcode",
      { location: { postcode: "00000" } },
      "INVALID_INPUT: No commune has postcode 00000: give the postcode of the place itself, or with a CEDEX one the commune's inseeCode too.",
    ],
    [
      "with a malformed postcode",
      { location: { postcode: "Lyon" } },
      "INVALID_INPUT: A postcode is five digits, such as 69003.",
    ],
    [
      "with a commune outside the postcode",
      { location: { postcode: "69003", inseeCode: "75056" } },
      'INVALID_INPUT: The commune inseeCode names is not one of postcode 69003: take one from communes(postcode: "69003").',
    ],
    [
      "without a location",
      { location: null },
      'INVALID_INPUT: Variable "$input" got an invalid value at "input.location": null is not allowed here.',
    ],
    [
      "in an unknown language",
      { language: "DE" },
      'INVALID_INPUT: Variable "$input" got an invalid value at "input.language": it must be one of FR, EN.',
    ],
  ])("%s", async (_what, change, answer) => {
    const query = "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }";
    expect(await refusal(server.formToken, query, { input: { ...given, ...change } })).toBe(answer);
  });
});

describe("submitLead refuses a request", () => {
  const transmit = "A TRANSMIT grant names its";
  const reach =
    "INVALID_INPUT: contact.phone is not a number a person can be reached at. Give it with its country code, for example +33 6 12 34 56 78.";
  const altered =
    "INVALID_INPUT: The preview token is not one of ours, or was altered. Pass the token of previewRecipients exactly as you received it.";
  const wait =
    "INVALID_INPUT: waitUntil must lie ahead, at most seven days from now. Leave it out to wait for one day.";
  const email =
    "INVALID_INPUT: contact.email is not an e-mail address. Ask the person to read it again, for example nom@exemple.fr.";
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  let token: string;

  beforeAll(async () => {
    ({ token } = await preview(server));
  });

  const to = (change: Record<string, unknown>): Record<string, unknown> => ({
    ...transmitTo([supplier.id]),
    ...change,
  });

  it.each<readonly [string, () => Record<string, unknown>, () => string]>([
    [
      "with an altered token",
      () => ({ token: `${token.slice(0, 40)}${token[40] === "A" ? "B" : "A"}${token.slice(41)}` }),
      () => altered,
    ],
    ["with half a token", () => ({ token: token.slice(0, 60) }), () => altered],
    ["with no token", () => ({ token: "" }), () => altered],
    [
      "to a supplier that was not shown",
      () => ({ grants: [transmitTo([hidden.id])] }),
      () =>
        `INVALID_INPUT: Supplier ${hidden.id} was not shown to the person by this preview, so it cannot be consented to. Preview again and show it.`,
    ],
    [
      "to an id that is no supplier",
      () => ({ grants: [transmitTo(["x"])] }),
      () =>
        "INVALID_INPUT: A supplier named in supplierIds was not shown to the person by this preview, so it cannot be consented to. Preview again and show it.",
    ],
    [
      "with an empty list of suppliers",
      () => ({ grants: [transmitTo([])] }),
      () =>
        `INVALID_INPUT: ${transmit} suppliers: an empty list is not 'all of them'. Leave the grant out if none was ticked.`,
    ],
    [
      "without suppliers",
      () => ({ grants: [to({ supplierIds: null })] }),
      () =>
        `INVALID_INPUT: ${transmit} suppliers: an empty list is not 'all of them'. Leave the grant out if none was ticked.`,
    ],
    [
      "with an empty list of channels",
      () => ({ grants: [to({ channels: [] })] }),
      () =>
        `INVALID_INPUT: ${transmit} channels (PHONE, SMS, EMAIL). Leave the grant out if none was ticked.`,
    ],
    [
      "for a purpose that was not declared",
      () => ({ grants: [to({}), { purpose: "AUDIENCES" }] }),
      () =>
        "INVALID_INPUT: Purpose AUDIENCES is not in the declaration that was shown. It offers TRANSMIT, QUALIFICATION_CALL, FEEDBACK_CALL.",
    ],
    [
      "that names suppliers for a purpose of CarAtlas",
      () => ({ grants: [to({ purpose: "FEEDBACK_CALL" })] }),
      () =>
        "INVALID_INPUT: Purpose FEEDBACK_CALL is CarAtlas's own: it takes no supplierIds and no channels.",
    ],
    [
      "with an unknown channel",
      () => ({ grants: [to({ channels: ["FAX"] })] }),
      () =>
        'INVALID_INPUT: Variable "$input" got an invalid value at "input.grants[0].channels[0]": it must be one of PHONE, SMS, EMAIL.',
    ],
    ["with an invalid phone number", () => ({ contact: person({ phone: "+33 1 23" }) }), () => reach],
    [
      "with text around a phone number",
      () => ({ contact: person({ phone: "call +33 6 12 34 56 78 at noon" }) }),
      () => reach,
    ],
    [
      "with a premium-rate phone number",
      () => ({ contact: person({ phone: "+33 8 99 12 34 56" }) }),
      () => reach,
    ],
    [
      "without the phone number that a grant needs",
      () => ({ grants: [to({ channels: ["PHONE"] })] }),
      () => "INVALID_INPUT: contact.phone is required: a grant names PHONE or SMS.",
    ],
    [
      "without a phone number to send the code to",
      () => ({ confirmBy: "SMS" }),
      () => "INVALID_INPUT: contact.phone is required: the code is to be sent by SMS.",
    ],
    [
      "with a landline to send the code to",
      () => ({ confirmBy: "SMS", contact: person({ phone: "+33 4 72 10 30 30" }) }),
      () => "INVALID_INPUT: contact.phone cannot receive an SMS. Give a mobile number, or confirm by EMAIL.",
    ],
    [
      "with a confirmation method the form does not offer",
      () => ({ confirmBy: "OPERATOR_CALL" }),
      () => "INVALID_INPUT: This form does not offer to confirm by OPERATOR_CALL. It offers SMS, EMAIL.",
    ],
    [
      "with an invalid e-mail address",
      () => ({ contact: person({ email: "zelie(at)exemple.example" }) }),
      () => email,
    ],
    [
      "with two e-mail addresses",
      () => ({ contact: person({ email: "a@b.example,c@d.example" }) }),
      () => email,
    ],
    [
      "with an empty name",
      () => ({ contact: person({ firstName: "   " }) }),
      () =>
        "INVALID_INPUT: contact.firstName must be 1 to 80 visible characters, without control characters.",
    ],
    [
      "with a name that is too long",
      () => ({ contact: person({ lastName: "x".repeat(81) }) }),
      () => "INVALID_INPUT: contact.lastName must be 1 to 80 visible characters, without control characters.",
    ],
    [
      "with a wrong postcode",
      () => ({ contact: person({ postcode: "6900" }) }),
      () => "INVALID_INPUT: contact.postcode must be the five digits of a French postcode.",
    ],
    [
      "with a number for a name",
      () => ({ contact: person({ firstName: 7 }) }),
      () =>
        'INVALID_INPUT: Variable "$input" got an invalid value at "input.contact.firstName": it must be a valid String.',
    ],
    [
      "with an unknown contact field",
      () => ({ contact: person({ age: 7 }) }),
      () =>
        'INVALID_INPUT: Variable "$input" got an invalid value at "input.contact": Field "age" is not defined by type "ContactInput".',
    ],
    ["that waits for more than a week", () => ({ waitUntil: inDays(7.01) }), () => wait],
    ["that waits until yesterday", () => ({ waitUntil: inDays(-1) }), () => wait],
    [
      "with an empty idempotency key",
      () => ({ idempotencyKey: "" }),
      () => "INVALID_INPUT: idempotencyKey must have 1 to 200 characters.",
    ],
    [
      "with an idempotency key that is too long",
      () => ({ idempotencyKey: "k".repeat(201) }),
      () => "INVALID_INPUT: idempotencyKey must have 1 to 200 characters.",
    ],
  ])("%s", async (_what, change, answer) => {
    const stored = "SELECT count(*)::int AS leads FROM lead";
    const before = await owner.rows(stored);
    const given = { token, contact: person(), grants: [transmitTo([supplier.id])] };
    expect(refusalIn(await submit(server, { ...given, ...change() }))).toBe(answer());
    expect(await owner.rows(stored)).toEqual(before);
  });

  it("explaining that no supplier was ticked or that the preview has expired", async () => {
    const given = { token, contact: person(), grants: [transmitTo([supplier.id])] };
    expect((await submit(server, { ...given, grants: [] })).data?.submitLead).toEqual({
      __typename: "LeadRefused",
      reason: "CONSENT_MISSING",
      message: "Nobody may receive this request: the person ticked no supplier. Nothing was stored.",
    });
    const fresh = await preview(server);
    server.clock.forward(31 * minuteMs);
    expect((await submit(server, { ...given, token: fresh.token })).data?.submitLead).toEqual({
      __typename: "LeadRefused",
      reason: "PREVIEW_EXPIRED",
      message:
        "Too much time passed since the recipients were shown. Preview again and show them anew. Nothing was stored.",
    });
    ({ token } = await preview(server));
  });
});

describe("createCampaign refuses a campaign", () => {
  const age = "maxAgeHours is a whole number of hours from 1 to 168.";
  const cents = "Cents must be a whole number of euro cents between -9007199254740991 and 9007199254740991.";
  const ofTwo =
    'Variable "$input" got an invalid value at "input.zones[0]": Exactly one key must be specified for OneOf type "ZoneInput".';
  const cap = (limit: number, unit = "LEADS"): Record<string, unknown> => ({ unit, period: "DAY", limit });
  const open = (from: string, to: string, days = ["MON"]): Record<string, unknown> => ({
    schedule: [{ days, from, to }],
  });
  const on = (...criteria: Record<string, unknown>[]): Record<string, unknown> => ({ criteria });
  const circle = { longitude: 4.8, latitude: 45.7, radiusKm: 0 };
  const polygon = {
    type: "Polygon",
    coordinates: [
      [
        [4, 45],
        [5, 45],
        [5, 46],
        [4, 46],
      ],
    ],
  };

  it.each<Case>([
    [
      "priced below the floor",
      { pricePerLeadCents: 1_999 },
      "pricePerLeadCents is below the floor of 2000 cents: offer at least that.",
    ],
    [
      "priced above the maximum",
      { pricePerLeadCents: 1_000_001 },
      "pricePerLeadCents is a whole number of cents, at most 1000000.",
    ],
    [
      "at a negative price",
      { pricePerLeadCents: -1 },
      "pricePerLeadCents is a whole number of cents, at most 1000000.",
    ],
    [
      "at a fraction of a cent",
      { pricePerLeadCents: 3_000.5 },
      `Variable "$input" got an invalid value at "input.pricePerLeadCents": ${cents}`,
    ],
    [
      "with text for a price",
      { pricePerLeadCents: "3000" },
      `Variable "$input" got an invalid value at "input.pricePerLeadCents": ${cents}`,
    ],
    [
      "without a zone",
      { zones: [] },
      'A campaign covers at least one zone: for all of France give { country: "FR" }.',
    ],
    [
      "with a circle of radius zero",
      { zones: [{ circle }] },
      "radiusKm is from 1 to 300: for more use regions or a polygon.",
    ],
    [
      "with a polygon that is not closed",
      { zones: [{ polygon }] },
      "coordinates[0] is not closed: repeat its first point as its last.",
    ],
    ["with a zone given in two ways", { zones: [{ departement: "69", postcode: "69003" }] }, ofTwo],
    ["with a zone that gives nothing", { zones: [{}] }, ofTwo],
    [
      "with a zone given as null",
      { zones: [{ departement: null }] },
      'Variable "$input" got an invalid value at "input.zones[0].departement": it must be a valid ID.',
    ],
    [
      "in an unknown département",
      { zones: [{ departement: "20" }] },
      "There is no département 20: use a code such as 69, 2A or 974.",
    ],
    [
      "that excludes an unknown département",
      { excludedZones: [{ departement: "0" }] },
      "There is no département 0: use a code such as 69, 2A or 974.",
    ],
    [
      "in an unknown country",
      { zones: [{ country: "DE" }] },
      "There is no country DE: use FR, or a collectivity's own code (PM, BL, MF, WF, PF, NC).",
    ],
    [
      "with an unknown field",
      on({ field: "colour", isSet: true }),
      "There is no field colour in the form of NEW_CAR: the fields are makes, model, energy, body, budgetEuros, financing, tradeIn, horizon, wantedBy, comment.",
    ],
    [
      "with a criterion of the wrong type",
      on({ field: "budgetEuros", min: "cheap" }),
      "Field budgetEuros takes a number.",
    ],
    [
      "with bounds on a field without an order",
      on({ field: "horizon", min: "NOW" }),
      "Field horizon is CHOICE, which has no order: min and max are for NUMBER and DATE, use oneOf or noneOf.",
    ],
    [
      "with min above max",
      on({ field: "budgetEuros", min: 30_000, max: 20_000 }),
      "The criterion on budgetEuros has min above max: no lead could meet it.",
    ],
    [
      "with a misspelled relative date",
      on({ field: "wantedBy", max: "today+90 days" }),
      "A bound on wantedBy that is relative to today is written today, today+90d or today-2y: units d, w, m and y, at most 4 digits, no spaces.",
    ],
    [
      "with a relative date for a number field",
      on({ field: "budgetEuros", min: "today" }),
      "Field budgetEuros is NUMBER: only a DATE is compared with today. Give a number.",
    ],
    [
      "with relative dates in the wrong order",
      on({ field: "wantedBy", min: "today+90d", max: "today-1w" }),
      "The criterion on wantedBy has min above max: no lead could meet it.",
    ],
    [
      "with a criterion that tests nothing",
      on({ field: "horizon" }),
      "The criterion on horizon tests nothing: give oneOf, noneOf, min, max or isSet.",
    ],
    [
      "with an empty oneOf",
      on({ field: "horizon", oneOf: [] }),
      "oneOf on horizon is a list of 1 to 500 values: to ask for nothing, leave it out.",
    ],
    [
      "with a value in both oneOf and noneOf",
      on({ field: "horizon", oneOf: ["NOW"], noneOf: ["NOW"] }),
      "The criterion on horizon names a value both in oneOf and in noneOf: remove it from one of them.",
    ],
    [
      "with isSet: false and a value",
      on({ field: "horizon", oneOf: ["NOW"], isSet: false }),
      "The criterion on horizon asks for no answer and for a value: drop isSet: false or the rest.",
    ],
    [
      "with two criteria on one field",
      on({ field: "horizon", isSet: true }, { field: "horizon", oneOf: ["NOW"] }),
      "Two criteria are about horizon: merge them into one, all tests of which hold together.",
    ],
    [
      "with a criterion on free text",
      on({ field: "comment", oneOf: ["red"] }),
      "Field comment is free text, which is never read to decide: only isSet can be asked of it.",
    ],
    [
      "with a cap of 0",
      { caps: [cap(0)] },
      "The limit of the cap in LEADS by DAY is a whole number from 1; to take nothing, pause the campaign.",
    ],
    [
      "with two caps of the same kind",
      { caps: [cap(1), cap(2)] },
      "There are two caps in LEADS by DAY: keep the lower one.",
    ],
    [
      "with a cap below the price",
      { caps: [cap(2_999, "SPEND_CENTS")] },
      "The cap in SPEND_CENTS by DAY is below the price of one lead (3000 cents): raise it.",
    ],
    [
      "for an unknown product",
      { product: "BOAT" },
      "There is no such product. The products query lists them.",
    ],
    [
      "in an unknown time zone",
      { timeZone: "Europe/Lyon" },
      "timeZone is a name of the IANA database, such as Europe/Paris.",
    ],
    [
      "whose opening starts at an invalid time",
      open("25:00", "26:00"),
      "from is a time from 00:00 to 23:59, written HH:MM.",
    ],
    [
      "whose opening ends at an invalid time",
      open("08:00", "24:30"),
      "to is a time from 00:01 to 24:00, written HH:MM.",
    ],
    [
      "whose opening ends before it starts",
      open("18:00", "08:00"),
      "An opening ends after it begins: for one across midnight give two, to 24:00 and from 00:00.",
    ],
    [
      "whose opening names no day",
      open("08:00", "18:00", []),
      "An opening names at least one day; for every day, name all seven.",
    ],
    [
      "whose opening names a day twice",
      open("08:00", "18:00", ["MON", "MON"]),
      "An opening names a day twice: name it once.",
    ],
    ["with too many seats", { maxSeats: 4 }, "maxSeats is a whole number from 1 (exclusive) to 3."],
    ["with no seat", { maxSeats: 0 }, "maxSeats is a whole number from 1 (exclusive) to 3."],
    ["with a maximum age of zero hours", { maxAgeHours: 0 }, age],
    ["with a maximum age above a week", { maxAgeHours: 169 }, age],
    [
      "with a duplicate window of a year",
      { duplicateWindowDays: 365 },
      "duplicateWindowDays is a whole number of days from 0 (repeats are wanted) to 180.",
    ],
    [
      "without a name",
      { name: "  " },
      "name is 1 to 120 characters on one line, without control characters.",
    ],
  ])("%s", async (_what, change, message) => {
    const query = "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }";
    expect(await refusal(supplier.token, query, { input: campaignInput(change) })).toBe(
      `INVALID_INPUT: ${message}`,
    );
  });

  it("that is archived, and a change of its product", async () => {
    const id = await newCampaign(server, hidden);
    const update =
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { id } }";
    expect(await refusal(hidden.token, update, { id, input: campaignInput({ product: "BOAT" }) })).toBe(
      "INVALID_INPUT: A campaign keeps its product. Create another campaign for another product.",
    );
    const set =
      "mutation ($id: ID!, $status: CampaignStatus!) { setCampaignStatus(id: $id, status: $status) { id } }";
    await must(server, hidden.token, { query: set, variables: { id, status: "ARCHIVED" } });
    const archived = "CONFLICT: This campaign is archived for good. Create a new one.";
    expect(await refusal(hidden.token, set, { id, status: "ACTIVE" })).toBe(archived);
    expect(await refusal(hidden.token, update, { id, input: campaignInput() })).toBe(archived);
  });
});

describe("an idempotency key", () => {
  const conflict =
    "CONFLICT: This idempotencyKey was used for another input. Send the first input again, or choose a new key.";

  it("gives a submission and its 20 concurrent repeats one answer and refuses another input", async () => {
    const { token } = await preview(server);
    const given = {
      token,
      contact: person(),
      grants: [transmitTo([supplier.id])],
      idempotencyKey: randomUUID(),
    };
    const many = await Promise.all(Array.from({ length: 20 }, () => submit(server, given)));
    const references = new Set(many.map(({ data }) => data?.submitLead.reference as string));
    expect([...references]).toEqual([expect.stringMatching(/^CA-/)]);
    expect(many).toEqual(many.map(() => many[0]));
    expect(
      await owner.rows("SELECT count(*)::int AS n FROM lead WHERE reference = ANY ($1)", [[...references]]),
    ).toEqual([{ n: 1 }]);
    expect(refusalIn(await submit(server, { ...given, contact: person() }))).toBe(conflict);
    // The first answer is returned even after the preview has expired.
    server.clock.forward(31 * minuteMs);
    expect((await submit(server, given)).data?.submitLead.reference).toBe([...references][0]);
  });

  it("makes 20 concurrent requests create one campaign, transfer, supplier, key or credit", async () => {
    const input = {
      supplierId: supplier.id,
      amountInclVatCents: 12_000,
      receivedOn: "2024-11-20",
      bankReference: randomUUID(),
    };
    const lead = await sendLead(server, { to: [supplier] });
    const credited = await until("the lead is delivered", async () => {
      const [row] = await owner.rows(
        "SELECT d.id FROM delivery d JOIN lead l ON l.id = d.lead_id WHERE l.reference = $1",
        [lead.reference],
      );
      return row?.["id"] as string | undefined;
    });
    const siren = inventedSiren();
    const facts = {
      name: "Vingt fois",
      street: "1 rue",
      postcode: "69001",
      city: "Lyon",
      departement: "69",
      billingMode: "PREPAID",
    };
    const requests: [string, string, Record<string, unknown>, Record<string, unknown>, string][] = [
      [
        supplier.token,
        "mutation ($input: CampaignInput!, $k: String) { createCampaign(input: $input, idempotencyKey: $k) { id } }",
        { input: campaignInput({ name: "Vingt fois" }) },
        { input: campaignInput({ name: "Une autre" }) },
        "SELECT count(*)::int AS n FROM campaign_version WHERE terms->>'name' IN ('Vingt fois', 'Une autre')",
      ],
      [
        server.adminToken,
        "mutation ($input: BankTransferInput!, $k: String) { recordBankTransfer(input: $input, idempotencyKey: $k) { transferId } }",
        { input },
        { input: { ...input, amountInclVatCents: 12_001 } },
        `SELECT count(*)::int AS n FROM bank_transfer WHERE bank_reference = '${input.bankReference}'`,
      ],
      [
        server.adminToken,
        "mutation ($input: CreateSupplierInput!, $k: String) { createSupplier(input: $input, idempotencyKey: $k) { id } }",
        { input: { ...facts, siren } },
        { input: { ...facts, siren: inventedSiren() } },
        "SELECT count(*)::int AS n FROM supplier WHERE name = 'Vingt fois'",
      ],
      [
        server.adminToken,
        "mutation ($input: CreateApiKeyInput!, $k: String) { createApiKey(input: $input, idempotencyKey: $k) { key { id } } }",
        { input: { role: "FORM", label: "Vingt fois" } },
        { input: { role: "FORM", label: "Une autre" } },
        "SELECT count(*)::int AS n FROM api_key WHERE label IN ('Vingt fois', 'Une autre')",
      ],
      [
        server.adminToken,
        "mutation ($leadId: ID!, $reason: String!, $k: String) { creditLead(leadId: $leadId, reason: $reason, idempotencyKey: $k) { leadId amountCents at } }",
        { leadId: credited, reason: "goodwill" },
        { leadId: credited, reason: "other" },
        `SELECT count(*)::int AS n FROM posting WHERE kind = 'CREDIT' AND cause_id = '${credited}'`,
      ],
    ];
    for (const [token, query, variables, other, counting] of requests) {
      const k = randomUUID();
      const many = await Promise.all(
        Array.from({ length: 20 }, () => must(server, token, { query, variables: { ...variables, k } })),
      );
      expect(many).toEqual(many.map(() => many[0]));
      expect(await refusal(token, query, { ...other, k })).toBe(conflict);
      expect([query, await owner.rows(counting)]).toEqual([query, [{ n: 1 }]]);
    }
  });

  it("can be used again after a refusal, and by another supplier at any time", async () => {
    const query =
      "mutation ($input: CampaignInput!, $k: String) { createCampaign(input: $input, idempotencyKey: $k) { id } }";
    const k = randomUUID();
    expect(
      await refusal(supplier.token, query, { k, input: campaignInput({ pricePerLeadCents: 1 }) }),
    ).toMatch("below the floor");
    const mine = await must(server, supplier.token, { query, variables: { k, input: campaignInput() } });
    const theirs = await must(server, hidden.token, { query, variables: { k, input: campaignInput() } });
    expect(theirs.createCampaign.id).not.toBe(mine.createCampaign.id);
  });

  it("returns a secret only in the first answer", async () => {
    const query =
      'mutation ($k: String) { createApiKey(input: { role: FORM, label: "once" }, idempotencyKey: $k) { token key { id } } }';
    const k = randomUUID();
    const first = await must(server, server.adminToken, { query, variables: { k } });
    const second = await must(server, server.adminToken, { query, variables: { k } });
    expect(first.createApiKey.token).toMatch(/^ca_/);
    expect(second.createApiKey).toEqual({ token: null, key: first.createApiKey.key });
  });
});

describe("a confirmation code", () => {
  const resendMutation = `mutation ($reference: ID!, $by: ConfirmationChannel) { resendCode(reference: $reference, confirmBy: $by) { __typename
    ... on ConfirmationRequired { attemptsLeft demoCode } ... on LeadRefused { reason message } } }`;
  const refused = (reason: string, message: string): object => ({
    __typename: "LeadRefused",
    reason,
    message,
  });
  const tooManyTries = refused(
    "TOO_MANY_TRIES",
    "Five codes were tried within ten minutes. Wait ten minutes and ask for a new one.",
  );
  const tooManyCodes = refused(
    "TOO_MANY_CODES",
    "Five codes were sent to this contact within ten minutes. Wait ten minutes and ask again.",
  );

  async function pending(contact = person()): Promise<{ reference: string; demoCode: string }> {
    const { token } = await preview(server);
    const { data } = await submit(server, { token, contact, grants: [transmitTo([supplier.id])] });
    return data?.submitLead as { reference: string; demoCode: string };
  }
  const confirm = async (reference: string, code: string): Promise<any> =>
    (
      await must(server, server.formToken, {
        query: confirmMutation,
        variables: { input: { reference, code } },
      })
    ).confirmPhone;
  const resend = async (reference: string): Promise<any> =>
    (await must(server, server.formToken, { query: resendMutation, variables: { reference } })).resendCode;
  const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

  it("can be tried five times; then even the right code is refused until a new one is requested", async () => {
    const { reference, demoCode } = await pending();
    for (const attemptsLeft of [4, 3, 2, 1]) {
      expect(await confirm(reference, wrong(demoCode))).toEqual({
        __typename: "ConfirmationRequired",
        attemptsLeft,
        demoCode: null,
      });
    }
    expect(await confirm(reference, wrong(demoCode))).toEqual(tooManyTries);
    expect(await confirm(reference, demoCode)).toEqual(tooManyTries);
    // No new code is sent within the ten minutes, so there are no new tries either.
    expect(await resend(reference)).toEqual(tooManyTries);
    server.clock.forward(11 * minuteMs);
    const { demoCode: third } = await resend(reference);
    expect((await confirm(reference, third)).__typename).toBe("LeadSubmitted");
  });

  it("allows five tries when 20 arrive at the same time", async () => {
    const { reference, demoCode } = await pending();
    const codes = Array.from({ length: 20 }, (_, index) =>
      String((Number(demoCode) + index + 1) % 1_000_000).padStart(6, "0"),
    );
    const results = await Promise.all(codes.map((code) => confirm(reference, code)));
    expect(results.filter(({ __typename }) => __typename === "ConfirmationRequired")).toHaveLength(4);
    expect(results.filter(({ reason }) => reason === "TOO_MANY_TRIES")).toHaveLength(16);
  });

  it("is refused after a newer code was sent, after ten minutes and after it was used", async () => {
    const { reference, demoCode } = await pending();
    const { demoCode: second } = await resend(reference);
    expect(await confirm(reference, demoCode)).toMatchObject({
      __typename: "ConfirmationRequired",
      attemptsLeft: 4,
    });
    server.clock.forward(10 * minuteMs);
    expect(await confirm(reference, second)).toEqual(
      refused("CODE_EXPIRED", "This code is older than ten minutes. Ask for a new one with resendCode."),
    );
    const { demoCode: third } = await resend(reference);
    expect((await confirm(reference, third)).__typename).toBe("LeadSubmitted");
    const confirmed = refused("ALREADY_CONFIRMED", "This request is confirmed already; a code works once.");
    expect(await confirm(reference, third)).toEqual(confirmed);
    expect(await resend(reference)).toEqual(confirmed);
  });

  it("is refused after the person's waiting time has ended", async () => {
    const waitUntil = new Date(server.clock.now().getTime() + 60 * minuteMs).toISOString();
    const { token } = await preview(server);
    const given = { token, contact: person(), grants: [transmitTo([supplier.id])], waitUntil };
    const { reference, demoCode } = (await submit(server, given)).data?.submitLead as Record<string, string>;
    server.clock.forward(61 * minuteMs);
    const over = refused(
      "WAIT_ENDED",
      "The time the person was ready to wait is over, so nobody would receive this request. Submit a new one.",
    );
    expect(await confirm(reference ?? "", demoCode ?? "")).toEqual(over);
    expect(await resend(reference ?? "")).toEqual(over);
  });

  it("is sent at most five times in ten minutes to one contact, counted over all its requests", async () => {
    const contact = person();
    const { reference } = await pending(contact);
    for (let sent = 1; sent < 4; sent++)
      expect((await resend(reference)).__typename).toBe("ConfirmationRequired");
    await pending({ ...contact, email: String(contact["email"]).toUpperCase() });
    expect(await resend(reference)).toEqual(tooManyCodes);
    // A new request does not bypass the limit and is not stored.
    const stored = await owner.rows("SELECT count(*)::int AS n FROM lead");
    expect(await pending(contact)).toEqual(tooManyCodes);
    expect(await owner.rows("SELECT count(*)::int AS n FROM lead")).toEqual(stored);
    expect((await pending()).demoCode).toMatch(/^\d{6}$/);
    server.clock.forward(11 * minuteMs);
    expect((await resend(reference)).__typename).toBe("ConfirmationRequired");
  });

  it("is NOT_FOUND for an unknown request, and one by SMS needs a phone number", async () => {
    const answer = "NOT_FOUND: There is no such request, or it is not yours.";
    expect(
      await refusal(server.formToken, confirmMutation, {
        input: { reference: "CA-XXXX-XXXX-XXXX", code: "123456" },
      }),
    ).toBe(answer);
    expect(await refusal(server.formToken, resendMutation, { reference: "CA-XXXX-XXXX-XXXX" })).toBe(answer);
    const { reference } = await pending();
    expect(await refusal(server.formToken, resendMutation, { reference, by: "SMS" })).toBe(
      "INVALID_INPUT: A code by SMS needs a mobile number in contact.phone. Confirm by EMAIL instead.",
    );
    expect((await resend(reference)).__typename).toBe("ConfirmationRequired");
  });
});

describe("reportOutcomes", () => {
  const reportMutation =
    "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { leadId accepted error } }";
  const now = (aheadMs = 0): string => new Date(server.clock.now().getTime() + aheadMs).toISOString();

  it("judges each report on its own and answers in the order of the reports", async () => {
    const externalId = randomUUID();
    const ok = { leadId, status: "CONTACTED", occurredAt: now() };
    const cases: [Record<string, unknown>, string | null][] = [
      [ok, null],
      [ok, null],
      [{ ...ok, externalId }, null],
      [
        { ...ok, externalId, status: "LOST" },
        "CONFLICT: this externalId was used for another report of this lead. Send a correction under a new externalId.",
      ],
      [{ ...ok, leadId: "x" }, "NOT_FOUND: there is no such lead, or it is not yours."],
      [{ ...ok, leadId: randomUUID() }, "NOT_FOUND: there is no such lead, or it is not yours."],
      [{ ...ok, occurredAt: now(6 * minuteMs) }, "INVALID_INPUT: occurredAt lies in the future."],
      [
        { ...ok, occurredAt: "2020-01-01T00:00:00Z" },
        "INVALID_INPUT: occurredAt lies before you received the lead.",
      ],
      [{ ...ok, saleCents: 1 }, "INVALID_INPUT: saleCents belongs to SOLD only. Leave it out."],
      [{ ...ok, status: "SOLD", saleCents: -1 }, "INVALID_INPUT: saleCents is not negative."],
      [{ ...ok, vehicle: "" }, "INVALID_INPUT: vehicle takes 1 to 200 characters."],
      [{ ...ok, comment: "x".repeat(2_001) }, "INVALID_INPUT: comment takes 1 to 2000 characters."],
      [{ ...ok, externalId: "x".repeat(201) }, "INVALID_INPUT: externalId takes 1 to 200 characters."],
      [{ ...ok, status: "SOLD", saleCents: 2_500_000, vehicle: "Clio" }, null],
    ];
    const input = cases.map(([report]) => report);
    const { reportOutcomes } = await must(server, supplier.token, {
      query: reportMutation,
      variables: { input },
    });
    expect(reportOutcomes).toEqual(
      cases.map(([report, error]) => ({ leadId: report["leadId"], accepted: error === null, error })),
    );
    // Three different reports were recorded; the repeated report was recorded once.
    expect(
      await owner.rows("SELECT number, status FROM outcome WHERE delivery_id = $1 ORDER BY number", [leadId]),
    ).toEqual([
      { number: 1, status: "CONTACTED" },
      { number: 2, status: "CONTACTED" },
      { number: 3, status: "SOLD" },
    ]);
  });

  it("takes 1 to 100 reports at a time", async () => {
    const ok = { leadId, status: "CONTACTED", occurredAt: now() };
    const answer = "INVALID_INPUT: reportOutcomes takes 1 to 100 reports at a time.";
    expect(await refusal(supplier.token, reportMutation, { input: [] })).toBe(answer);
    expect(
      await refusal(supplier.token, reportMutation, { input: Array.from({ length: 101 }, () => ok) }),
    ).toBe(answer);
    expect(
      await refusal(
        hidden.token,
        "mutation ($id: ID!) { acknowledgeRevocation(leadId: $id, disposition: DELETED) { leadId } }",
        { id: leadId },
      ),
    ).toBe("NOT_FOUND: There is no such lead, or it is not yours.");
  });
});

describe("reportOutcomes with reports that cannot be read", () => {
  const query =
    "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { leadId accepted code message } }";
  const instant =
    "occurredAt: DateTime must be an ISO 8601 time with its zone, between the years 1900 and 2999, for example 2026-11-22T09:30:00.000Z.";

  it("refuses these alone, and accepts the other ninety-nine", async () => {
    const ok = { leadId, status: "QUOTED", occurredAt: server.clock.now().toISOString() };
    const bad: [unknown, string, string][] = [
      [{ ...ok, occurredAt: "2026-02-30T10:00:00Z" }, leadId, instant],
      [{ ...ok, occurredAt: "2026-02-30" }, leadId, instant],
      [{ ...ok, occurredAt: "2026-11-22 10:00" }, leadId, instant],
      [{ ...ok, occurredAt: null }, leadId, "occurredAt: null is not allowed here."],
      [{ ...ok, occurredAt: { day: "2026-11-22" } }, leadId, instant],
      [
        { ...ok, status: "WON" },
        leadId,
        "status: it must be one of CONTACTED, UNREACHABLE, APPOINTMENT, QUOTED, SOLD, LOST, INVALID, DUPLICATE.",
      ],
      [{ ...ok, saleCents: 1.5 }, leadId, "saleCents: Cents must be a whole number"],
      [{ ...ok, colour: "red" }, leadId, 'colour: Field "colour" is not defined by type "OutcomeInput".'],
      [{ status: "SOLD" }, "", 'leadId: Field "leadId" of required type "ID!" was not provided.'],
      [null, "", "null is not allowed here."],
      ["report", "", ""],
    ];
    for (const [report, whose, message] of bad) {
      const input = [
        ...Array.from({ length: 99 }, (_, index) => ({ ...ok, externalId: `q${String(index)}` })),
      ];
      input.splice(40, 0, report as typeof ok & { externalId: string });
      const { reportOutcomes } = await must(server, supplier.token, { query, variables: { input } });
      expect(reportOutcomes[40]).toEqual({
        ...{ leadId: whose, accepted: false, code: "INVALID_INPUT" },
        message: expect.stringContaining(message),
      });
      const others = [...reportOutcomes.slice(0, 40), ...reportOutcomes.slice(41)];
      expect(others.filter(({ accepted }: { accepted: boolean }) => accepted)).toHaveLength(99);
    }
  });

  it("takes a day without a time as that day in Paris, and the same report again once", async () => {
    const today = new Intl.DateTimeFormat("fr-CA", { timeZone: "Europe/Paris" }).format(server.clock.now());
    const input = [{ leadId, status: "APPOINTMENT", occurredAt: today }];
    const count = (): Promise<unknown[]> =>
      owner.rows("SELECT FROM outcome WHERE delivery_id = $1 AND status = 'APPOINTMENT'", [leadId]);
    for (let time = 0; time < 2; time++) {
      const { reportOutcomes } = await must(server, supplier.token, { query, variables: { input } });
      expect(reportOutcomes).toEqual([{ leadId, accepted: true, code: null, message: null }]);
      expect(await count()).toHaveLength(1);
    }
  });

  it("keeps a sale when something earlier is reported after it", async () => {
    const at = server.clock.now();
    const outcome = async (): Promise<unknown> =>
      (
        await must(server, supplier.token, {
          query: "query ($id: ID!) { lead(id: $id) { outcome { status } } }",
          variables: { id: leadId },
        })
      ).lead.outcome.status;
    const report = (status: string, agoMs: number): Promise<unknown> =>
      must(server, supplier.token, {
        query,
        variables: {
          input: [{ leadId, status, occurredAt: new Date(at.getTime() - agoMs).toISOString() }],
        },
      });
    await report("SOLD", 0);
    await report("CONTACTED", 2 * minuteMs);
    expect(await outcome()).toBe("SOLD");
    await report("LOST", -minuteMs);
    expect(await outcome()).toBe("LOST");
  });
});

describe("a list", () => {
  const lists = [
    ["campaigns", "edges { cursor }"],
    ["leads", "edges { cursor }"],
    ["feed", "endCursor"],
  ] as const;

  it.each(lists)("of %s returns 1 to 100 rows and accepts only its own cursors", async (name, selection) => {
    const query = `query ($first: Int, $after: Cursor) { ${name}(first: $first, after: $after) { ${selection} } }`;
    for (const first of [0, -1, 101]) {
      expect(await refusal(supplier.token, query, { first })).toBe(
        "INVALID_INPUT: first must be between 1 and 100.",
      );
    }
    const list = name === "feed" ? "your feed" : "this list";
    for (const after of [
      "x",
      "e30",
      Buffer.from('["2026-01-01T00:00:00.000Z","\' OR 1=1"]').toString("base64url"),
    ]) {
      expect(await refusal(supplier.token, query, { after })).toBe(
        `INVALID_INPUT: This is not a cursor of ${list}. Pass a cursor back exactly as you received it.`,
      );
    }
    expect(await refusal(supplier.token, query, { after: "two words" })).toBe(
      'INVALID_INPUT: Variable "$after" got an invalid value: A cursor must be passed back exactly as it was received.',
    );
  });
});

describe("staff operations refuse", () => {
  const transfer = (change: Record<string, unknown>): Record<string, unknown> => ({
    input: {
      supplierId: supplier.id,
      amountInclVatCents: 12_000,
      receivedOn: "2024-11-20",
      bankReference: randomUUID(),
      ...change,
    },
  });
  const transferMutation =
    "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }";
  const day =
    "INVALID_INPUT: receivedOn must be a day up to today in Paris, written YYYY-MM-DD, for example 2026-11-20.";

  it.each<Case>([
    [
      "a transfer of nothing",
      { amountInclVatCents: 0 },
      "INVALID_INPUT: amountInclVatCents must be a whole number of cents from 1 to 100000000000.",
    ],
    ["a transfer from the future", { receivedOn: "2999-01-01" }, day],
    ["a transfer on a date that does not exist", { receivedOn: "2024-02-30" }, day],
    [
      "a transfer without the bank's reference",
      { bankReference: " " },
      "INVALID_INPUT: bankReference must be one line of 1 to 140 characters.",
    ],
    [
      "a transfer to an unknown supplier",
      { supplierId: "x" },
      "NOT_FOUND: There is no such supplier, or it is not yours.",
    ],
  ])("%s", async (_what, change, answer) => {
    expect(await refusal(server.adminToken, transferMutation, transfer(change))).toBe(answer);
  });

  it("a bank transfer that is already recorded and a charge that is already credited", async () => {
    const twice = transfer({});
    await must(server, server.adminToken, { query: transferMutation, variables: twice });
    expect(await refusal(server.adminToken, transferMutation, twice)).toBe(
      "CONFLICT: A transfer with this bankReference is recorded already. Check the reference on the bank's statement.",
    );
    const credit =
      "mutation ($id: ID!, $reason: String!) { creditLead(leadId: $id, reason: $reason) { at } }";
    expect(await refusal(server.adminToken, credit, { id: leadId, reason: " " })).toBe(
      "INVALID_INPUT: reason takes 1 to 500 characters; do not name the person.",
    );
    expect(await refusal(server.adminToken, credit, { id: "x", reason: "goodwill" })).toBe(
      "NOT_FOUND: There is no such lead, or it is not yours.",
    );
    await must(server, server.adminToken, { query: credit, variables: { id: leadId, reason: "goodwill" } });
    expect(await refusal(server.adminToken, credit, { id: leadId, reason: "goodwill" })).toBe(
      "CONFLICT: This lead was credited before. A charge is given back once.",
    );
  });
});

describe("the endpoint refuses", () => {
  async function post(body: string, headers: Record<string, string> = {}): Promise<[number, string]> {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${server.formToken}`,
        ...headers,
      },
      body,
    });
    return [response.status, refusalIn((await response.json()) as GraphQLAnswer)];
  }
  const unreadable =
    'INVALID_INPUT: The body is not readable. Send valid JSON such as { "query": "{ __typename }" } and a correct Content-Length.';

  it.each([
    ["malformed JSON", '{ "query": ', 400, unreadable],
    ["an empty body", "", 400, unreadable],
    [
      "a body over the limit",
      JSON.stringify({ query: "{ products { id } }", x: "x".repeat(100 * 1024) }),
      413,
      "INVALID_INPUT: The body is larger than 100 kB. Send less at once.",
    ],
    [
      "a syntax error",
      JSON.stringify({ query: "{ products { id }" }),
      400,
      "INVALID_INPUT: Syntax Error: Expected Name, found <EOF>.",
    ],
    [
      "a field that does not exist",
      JSON.stringify({ query: "{ secrets }" }),
      400,
      'INVALID_INPUT: Cannot query field "secrets" on type "Query".',
    ],
    [
      "a variable that is missing",
      JSON.stringify({ query: "query ($p: String!) { communes(postcode: $p) { name } }" }),
      400,
      'INVALID_INPUT: Variable "$p" of required type "String!" was not provided.',
    ],
    [
      "a variable of another type",
      JSON.stringify({
        query: "query ($p: String!) { communes(postcode: $p) { name } }",
        variables: { p: ["x"] },
      }),
      400,
      'INVALID_INPUT: Variable "$p" got an invalid value: it must be a valid String.',
    ],
    [
      "too many aliases",
      JSON.stringify({
        query: `{ products { ${Array.from({ length: 16 }, (_, i) => `p${i}: id`).join(" ")} } }`,
      }),
      400,
      "INVALID_INPUT: This operation uses 16 aliases; the limit is 15. Ask for less, in several requests.",
    ],
    [
      "too many tokens",
      JSON.stringify({ query: `{ products { ${"id ".repeat(1_000)} } }` }),
      400,
      "INVALID_INPUT: Syntax Error: Document contains more that 1000 tokens. Parsing aborted.",
    ],
    [
      "too many directives",
      JSON.stringify({ query: `{ products { id ${"@include(if: true) ".repeat(10)} } }` }),
      400,
      null,
    ],
    [
      "a subscription",
      JSON.stringify({ query: "subscription { leadFeed { cursor } }" }),
      400,
      "INVALID_INPUT: Subscriptions travel over a WebSocket at this same address, with the protocol graphql-transport-ws, or as an event stream from /graphql/stream.",
    ],
  ] as const)("%s", async (_what, body, status, answer) => {
    if (answer !== null) return expect(await post(body)).toEqual([status, answer]);
    // graphql-js reports each repeated directive itself; our message is one of several.
    const response = await ask(server, server.formToken, JSON.parse(body) as { query: string });
    expect(response.status).toBe(status);
    expect(response.errors?.map(({ message }) => message)).toContain(
      "This operation uses 10 directives; the limit is 9. Ask for less, in several requests.",
    );
  });

  it("an operation nested too deep, counting through fragments but not the fragments themselves", async () => {
    const nested = (levels: number, inner: string): string =>
      levels === 0 ? inner : `supplier { ${nested(levels - 1, inner)} }`;
    const said = async (query: string): Promise<string[]> =>
      (await ask(server, supplier.token, { query })).errors?.map(({ message }) => message) ?? [];
    const tooDeep =
      "This operation is nested 11 levels deep; the limit is 10. Ask for less, in several requests.";
    expect(await said(`{ viewer { ${nested(9, "id")} } }`)).toContain(tooDeep);
    expect(await said(`{ viewer { ...deep } } fragment deep on Viewer { ${nested(9, "id")} }`)).toContain(
      tooDeep,
    );
    expect(await said(`{ viewer { ${nested(8, "id")} } }`)).not.toContain(tooDeep);
    const wrapped = Array.from({ length: 20 }).reduce<string>(
      (inner) => `... on Viewer { ${inner} }`,
      "supplier { sites { id } }",
    );
    expect(await said(`{ viewer { ${wrapped} } }`)).toEqual([]);
  });

  it("another content type, a missing key and an unknown key", async () => {
    const body = JSON.stringify({ query: "{ products { id } }" });
    expect(await post(body, { "content-type": "text/plain" })).toEqual([
      415,
      "INVALID_INPUT: Send JSON, with the header Content-Type: application/json.",
    ]);
    const unknown =
      "UNAUTHENTICATED: This bearer token is unknown, revoked or expired. Sign in again, or use a valid key.";
    expect(await post(body, { authorization: "Bearer ca_form_unknown" })).toEqual([401, unknown]);
    expect(await refusal(null, "{ products { id } }")).toBe(
      "UNAUTHENTICATED: Sign in first: send the header Authorization: Bearer followed by your key or token.",
    );
    expect(
      await refusal(supplier.token, submitMutation, { input: { token: "", contact: person(), grants: [] } }),
    ).toBe("FORBIDDEN: The role SUPPLIER_INTEGRATION may not do this. It is for FORM.");
  });

  it("introspection where it is switched off", async () => {
    const closed = await startTestServer({ beside: server, environment: { INTROSPECTION: "off" } });
    try {
      for (const field of ["__schema", "__type"]) {
        const query =
          field === "__schema" ? "{ __schema { description } }" : '{ __type(name: "Query") { name } }';
        const answer = await ask(closed, supplier.token, { query });
        expect([answer.status, refusalIn(answer)]).toEqual([
          400,
          `INVALID_INPUT: GraphQL introspection has been disabled, but the requested query contained the field "${field}".`,
        ]);
      }
      // There, a misspelled name gets no suggestion either, unlike on the default server.
      const misspelt = 'Cannot query field "product" on type "Query".';
      expect(refusalIn(await ask(closed, supplier.token, { query: "{ product { id } }" }))).toBe(
        `INVALID_INPUT: ${misspelt}`,
      );
      expect(await refusal(supplier.token, "{ product { id } }")).toBe(
        `INVALID_INPUT: ${misspelt} Did you mean "products"?`,
      );
      expect((await ask(closed, supplier.token, { query: "{ __typename }" })).data).toEqual({
        __typename: "Query",
      });
    } finally {
      await closed.stop();
    }
  });
});
