/**
 * Personal data is sealed at rest and stored nowhere else. The test plants unusual values through a whole
 * journey, including mistakes and repeated requests. It then searches every column of every table for them,
 * in every encoding a database dump could show, as well as the log, the metrics and every error answered.
 */
import { randomUUID } from "node:crypto";
import { startCarAtlas } from "../../src/app/start";
import { readConfig } from "../../src/app/settings/config";
import { createLog } from "../../src/platform/log";
import { SealedValues } from "../../src/platform/sealed/values";
import { unseal } from "../../src/platform/secrets";
import { ask, must, subscribe, type GraphQLAnswer } from "../support/client";
import {
  answers,
  confirmMutation,
  feedSubscription,
  newCampaign,
  newKey,
  newSupplier,
  preview,
  submit,
  submitMutation,
  transmitTo,
  wholeFeed,
  type TestSupplier,
} from "../support/journey";
import type { Owner, Row } from "../support/rows";
import { newKeys, type TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

/**
 * None of these values occurs by chance. Each is searched for by a part that normalisation leaves unchanged.
 */
const planted = {
  firstName: "Zdzisława-Quetzal",
  lastName: "Oyarzabalagoitia",
  email: "quetzal.oyarzabalagoitia@xylophage.example",
  phone: "+33 6 78 41 95 63",
  street: "7 impasse du Wyvernois",
  text: "Rappelez après dix-neuf heures, je m'appelle Wolframine Ptérodactyle.",
  model: "Quokkamobile Hurluberlu",
  comment: "Madame Wolframine veut la boîte Kryptomatique",
  vehicle: "Zagatostradale 8Cxylo",
  externalId: "facture d'Hippogriffine",
  ground: "Amarantine Tourmaline est devenue notre cliente",
  memberName: "Balthazarine Quenouille",
  memberEmail: "balthazarine.quenouille@member-vouivre.example",
  password: "la phrase ornithorynque secrète",
};
const needles = [
  ...[
    "zdzis",
    "quetzal",
    "oyarzabal",
    "xylophage",
    "678419563",
    "78 41 95 63",
    "wyvernois",
    "wolframine",
    "ptérodactyle",
  ],
  ...[
    "quokkamobile",
    "hurluberlu",
    "kryptomatique",
    "zagatostradale",
    "balthazarine",
    "quenouille",
    "vouivre",
    "ornithorynque",
    "hippogriffine",
    "tourmaline",
  ],
];

let server: TestServer;
let owner: Owner;
let supplier: TestSupplier;
const answered: GraphQLAnswer[] = [];

const contact = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  civility: "MADAME",
  ...{
    firstName: planted.firstName,
    lastName: planted.lastName,
    phone: planted.phone,
    email: planted.email,
    street: planted.street,
  },
  ...{ postcode: "69003", city: "Lyon" },
  ...change,
});

useServer(
  async (started) => {
    ({ server, owner } = started);
    supplier = await newSupplier(server);
    // The same person submits several requests, each with a different need.
    await newCampaign(server, supplier, { duplicateWindowDays: 0 });
  },
  { environment: { LOG_LEVEL: "trace" } },
);

async function request(
  token: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<any> {
  const answer = await ask(server, token, { query, variables });
  answered.push(answer);
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

interface Told {
  readonly reference: string;
  readonly personalToken: string;
  readonly leadId: string;
}

let budgetEuros = 20_000;

/** One person's journey from the form to the supplier, with every repetition a client may make. */
async function journey(change: Record<string, unknown> = {}): Promise<Told> {
  // One number receives at most five codes in ten minutes.
  server.clock.forward(11 * 60_000);
  const { token } = await preview(server, {
    answers: answers({ budgetEuros: ++budgetEuros, comment: planted.text, model: planted.model }),
  });
  const grants = [transmitTo([supplier.id], ["EMAIL", "PHONE"]), { purpose: "FEEDBACK_CALL" }];
  const input = { token, grants, contact: contact(change), confirmBy: "SMS", idempotencyKey: randomUUID() };
  const first = await request(server.formToken, submitMutation, { input });
  await request(server.formToken, submitMutation, { input });
  answered.push(await submit(server, { ...input, contact: contact({ lastName: "Wolframine" }) }));
  const { reference, personalToken } = first.submitLead;
  await request(server.formToken, confirmMutation, { input: { reference, code: planted.phone } });
  const resent = await request(
    server.formToken,
    "mutation ($reference: ID!) { resendCode(reference: $reference, confirmBy: EMAIL) { ... on ConfirmationRequired { demoCode sentTo } } }",
    { reference },
  );
  await request(server.formToken, confirmMutation, {
    input: { reference, code: resent.resendCode.demoCode },
  });
  await request(server.formToken, submitMutation, { input });
  const leadId = await until("the lead is delivered", async () => {
    const events = await wholeFeed(server, supplier);
    const rows = await owner.rows(
      "SELECT d.id FROM delivery d JOIN lead l ON l.id = d.lead_id WHERE l.reference = $1",
      [reference],
    );
    return rows[0] && events.some((event) => event.leadId === rows[0]?.["id"]) && (rows[0]["id"] as string);
  });
  return { reference, personalToken, leadId };
}

const reportMutation =
  "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted error } }";

async function supplierWorks({ leadId }: Told): Promise<void> {
  const feed = subscribe(server, supplier.token, { query: feedSubscription });
  const event = await feed.next();
  // Proves that the supplier reads the person's name, so that the searches below have something to find.
  expect(JSON.stringify(event)).toContain("oyarzabalagoitia");
  await feed.stop();
  const occurredAt = server.clock.now().toISOString();
  const outcome = {
    leadId,
    status: "SOLD",
    occurredAt,
    saleCents: 2_000_000,
    vehicle: planted.vehicle,
    comment: planted.comment,
    externalId: planted.externalId,
  };
  const taken = await request(supplier.token, reportMutation, { input: [outcome, outcome] });
  expect(taken.reportOutcomes).toEqual([
    { accepted: true, error: null },
    { accepted: true, error: null },
  ]);
  const refused = await request(supplier.token, reportMutation, {
    input: [{ ...outcome, comment: planted.comment.repeat(99) }],
  });
  expect(refused.reportOutcomes[0].accepted).toBe(false);
}

async function staffWork({ reference }: Told): Promise<void> {
  const create = "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }";
  const { memberName: name, memberEmail: email, password } = planted;
  const input = { name, email, password, role: "SUPPLIER_SALES", supplierId: supplier.id };
  await request(server.adminToken, create, { input });
  answered.push(await ask(server, server.adminToken, { query: create, variables: { input } }));
  const signIn =
    "mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on SignedIn { token } ... on SignInRefused { message } } }";
  const signedIn = await request(null, signIn, { email, password });
  await request(null, signIn, { email, password: `${password} ptérodactyle` });
  await request(signedIn.signIn.token, "mutation { signOut }");
  await request(
    server.adminToken,
    "query ($reference: ID!) { decision(reference: $reference) { decisions { record } } }",
    { reference },
  );
}

/** The supplier keeps the revoked lead and states a ground in its own words about the person. */
async function revokeAndKeep({ leadId, personalToken }: Told): Promise<void> {
  await request(personalToken, "mutation { withdrawConsent(input: {}) { state } }");
  const keep = `mutation ($leadId: ID!, $ground: String!) {
    acknowledgeRevocation(leadId: $leadId, disposition: KEPT, ground: $ground) { disposition } }`;
  const kept = await request(supplier.token, keep, { leadId, ground: planted.ground });
  expect(kept.acknowledgeRevocation.disposition).toBe("KEPT");
}

/** Every mistake a careless or hostile form site could make with a person's data. */
async function mistakes({ reference, personalToken }: Told): Promise<GraphQLAnswer[]> {
  const { token } = await preview(server);
  const grants = [transmitTo([supplier.id])];
  const send = (change: Record<string, unknown>): Promise<GraphQLAnswer> =>
    submit(server, { token, grants, contact: contact(), ...change });
  const badAnswers = (change: Record<string, unknown>): Promise<GraphQLAnswer> =>
    ask(server, server.formToken, {
      query: "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }",
      variables: { input: { product: "NEW_CAR", answers: answers(change), location: { postcode: "69003" } } },
    });
  const raw = (query: string): Promise<GraphQLAnswer> => ask(server, server.formToken, { query });
  const errors = await Promise.all([
    send({ contact: contact({ email: "quetzal oyarzabalagoitia" }) }),
    send({ contact: contact({ phone: "+33 6 78 41 95 63 wolframine" }) }),
    send({ contact: contact({ lastName: "Wolframine".repeat(50) }) }),
    send({ contact: contact({ postcode: "wyvernois" }) }),
    send({ contact: contact({ civility: "Wolframine" }) }),
    send({ contact: { ...contact(), [planted.text]: planted.lastName } }),
    send({ contact: contact({ firstName: 678419563 }) }),
    send({ grants: [transmitTo([planted.email])] }),
    send({ grants: [{ purpose: planted.lastName }] }),
    send({ token: planted.email }),
    send({ waitUntil: planted.street }),
    send({ idempotencyKey: planted.lastName.repeat(20) }),
    badAnswers({ budgetEuros: planted.phone }),
    badAnswers({ horizon: planted.lastName }),
    badAnswers({ comment: planted.text.repeat(30) }),
    badAnswers({ "Wolframine Ptérodactyle": 1 }),
    raw(
      `mutation { submitLead(input: { token: "${planted.email}" contact: "${planted.text}" }) { __typename } }`,
    ),
    raw(`{ communes(postcode: "${planted.email}", language: "${planted.lastName}") { name } }`),
    raw(`mutation { submitLead(input: "${planted.text}`),
    ask(server, personalToken, {
      query: "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { state } }",
      variables: { input: { supplierIds: [planted.email] } },
    }),
    ask(server, supplier.token, {
      query: "query ($id: ID!) { lead(id: $id) { id } }",
      variables: { id: planted.email },
    }),
    ask(server, supplier.token, {
      query: "query ($after: Cursor) { feed(after: $after) { endCursor } }",
      variables: { after: planted.email },
    }),
    ask(server, server.adminToken, {
      query: "mutation ($reference: ID!) { eraseRequest(reference: $reference) }",
      variables: { reference: planted.email },
    }),
    ask(server, `ca_person_${planted.lastName}`, { query: "{ myRequest { reference } }" }),
    ask(server, server.formToken, {
      query: confirmMutation,
      variables: { input: { reference: `${reference}${planted.lastName}`, code: planted.phone } },
    }),
  ]);
  return errors;
}

/** Every value of every column as text; binary values in several text encodings. */
async function dump(): Promise<{ where: string; text: string }[]> {
  const columns = await owner.rows(
    `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const cells: { where: string; text: string }[] = [];
  for (const { table_name: table, column_name: column, data_type: type } of columns) {
    const rows = await owner.rows(
      `SELECT "${column}" AS value FROM "${table}" WHERE "${column}" IS NOT NULL`,
    );
    for (const { value } of rows) cells.push({ where: `${table}.${column}`, text: textOf(value, type) });
  }
  return cells;
}

function textOf(value: unknown, type: string): string {
  if (type !== "bytea") return typeof value === "string" ? value : JSON.stringify(value);
  const bytes = value as Buffer;
  return [bytes.toString("utf8"), bytes.toString("latin1"), bytes.toString("utf16le")].join(" ");
}

/** The value itself and its encodings in hex, in base64 at each offset, in a URL and in JSON. */
function guises(needle: string): string[] {
  const bytes = Buffer.from(needle);
  const shifted = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, "x"), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and last base64 characters also encode bits of the neighbouring bytes.
    return text.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  return [
    needle,
    bytes.toString("hex"),
    encodeURIComponent(needle),
    JSON.stringify(needle).slice(1, -1),
    ...shifted.filter((text) => text.length > 6),
  ];
}

/** In lower case, and with a capital first letter. */
const formsOf = (needle: string): string[] => [needle, needle.slice(0, 1).toUpperCase() + needle.slice(1)];
const guisesOf = new Map(needles.map((needle) => [needle, formsOf(needle).flatMap(guises)]));

function hitsIn(text: string): string[] {
  const lower = text.toLowerCase();
  return needles.filter((needle) =>
    guisesOf.get(needle)?.some((guise) => text.includes(guise) || lower.includes(guise)),
  );
}

it("finds a planted value in every encoding it searches for", () => {
  for (const guise of [
    "Wolframine",
    "WOLFRAMINE",
    "a wolframine b",
    Buffer.from("wolframine").toString("hex"),
    "Pt%C3%A9rodactyle",
  ]) {
    expect(hitsIn(guise)).toHaveLength(1);
  }
  for (const prefix of ["", "a", "ab", "abc"]) {
    expect(hitsIn(Buffer.from(`${prefix}kryptomatique!`).toString("base64"))).toEqual(["kryptomatique"]);
  }
  expect(hitsIn("Madame Zélie, 69003 Lyon")).toEqual([]);
});

describe("after a whole journey with planted values", () => {
  let told: Told;
  let errors: GraphQLAnswer[];

  beforeAll(async () => {
    told = await journey();
    await supplierWorks(told);
    await staffWork(told);
    errors = await mistakes(told);
    // Causes an internal error while personal data is handled: a table that the server relies on is missing.
    await owner.rows("ALTER TABLE lead_secret RENAME TO lead_secret_away");
    const { token } = await preview(server);
    errors.push(await submit(server, { token, grants: [transmitTo([supplier.id])], contact: contact() }));
    await owner.rows("ALTER TABLE lead_secret_away RENAME TO lead_secret");
    await must(server, told.personalToken, {
      query: "mutation { withdrawConsent(input: { channels: [PHONE] }) { state } }",
    });
    await revokeAndKeep(await journey({ email: "sept.quetzal@xylophage.example" }));
  });

  it("a database dump contains none of them", async () => {
    const cells = await dump();
    // Proves that the search covered the journey: its tables are not empty.
    const tables = new Set(cells.map(({ where }) => where.split(".")[0]));
    for (const table of [
      "lead_secret",
      "lead_index",
      "lead_need",
      "delivery",
      "outcome",
      "member",
      "audit_event",
      "idempotency_key",
      "decision",
      "posting",
      "consent_act",
      "feed_event",
      "confirmation_try",
    ]) {
      expect(tables).toContain(table);
    }
    const hits = cells.flatMap(({ where, text }) => hitsIn(text).map((needle) => `${needle} in ${where}`));
    process.stdout.write(
      `a dump of ${cells.length} values in ${tables.size} tables: ${hits.length} hits of ${needles.length} planted words\n`,
    );
    expect(hits).toEqual([]);
  });

  it("no log line and no metric contains them", async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain("graphql_operations_total");
    // The log contains the internal error and lines that only the most verbose level writes.
    for (const said of ["Something failed that is not the caller's mistake", '"level":"debug"'])
      expect(server.log.some((line) => line.includes(said))).toBe(true);
    expect(hitsIn(metrics)).toEqual([]);
    expect(server.log.flatMap((line) => hitsIn(line).map((needle) => `${needle}: ${line}`))).toEqual([]);
    // The log must not contain the tokens of persons and machines either.
    const secrets = [server.adminToken, server.formToken, supplier.token, told.personalToken];
    expect(server.log.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  });

  it("no error message repeats them", () => {
    expect(errors.filter(({ errors: said }) => !said?.length)).toEqual([]);
    const all = [...errors, ...answered.filter(({ errors: said }) => said)];
    expect(
      all.flatMap(({ errors: said }) =>
        hitsIn(JSON.stringify(said)).map((needle) => `${needle}: ${JSON.stringify(said)}`),
      ),
    ).toEqual([]);
  });

  it("the form receives a masked address that does not reveal the address", async () => {
    const { token } = await preview(server);
    const { data } = await submit(server, { token, grants: [transmitTo([supplier.id])], contact: contact() });
    expect(data?.submitLead.sentTo).toBe("q•••@x•••.example");
    expect(hitsIn(JSON.stringify(data))).toEqual([]);
  });
});

it("seals each lead with a data key of its own that opens nothing else", async () => {
  const [one, other] = [
    await journey({ email: "un.quetzal@xylophage.example" }),
    await journey({ email: "deux.quetzal@xylophage.example" }),
  ];
  const rows = await owner.rows(
    "SELECT s.* FROM lead_secret s JOIN lead l ON l.id = s.lead_id WHERE l.reference = ANY ($1) ORDER BY l.submitted_at",
    [[one.reference, other.reference]],
  );
  const [first, second] = rows as [Row, Row];
  const dataKeys = new SealedValues(server.keys.masterKey, "wrap");
  const wrapped = ({ wrapped_key: sealed, key_id: keyId }: Row) => ({ sealed, keyId });
  const keys = rows.map((row) => dataKeys.open(wrapped(row), row["lead_id"]));
  expect(keys[0]?.equals(keys[1] as Buffer)).toBe(false);
  const open = (key: Buffer, sealed: Buffer, leadId: string): string =>
    unseal(key, sealed, `${leadId}/person`).toString();
  expect(open(keys[0] as Buffer, first["sealed"], first["lead_id"])).toContain(
    "un.quetzal@xylophage.example",
  );
  // Another lead's key fails, this lead's key fails in the place of another lead, and another master key
  // fails.
  expect(() => open(keys[1] as Buffer, first["sealed"], first["lead_id"])).toThrow();
  expect(() => open(keys[0] as Buffer, first["sealed"], second["lead_id"])).toThrow();
  expect(() => dataKeys.open(wrapped(first), second["lead_id"])).toThrow();
  const others = new SealedValues(newKeys().masterKey, "wrap");
  expect(() => others.open(wrapped(first), first["lead_id"])).toThrow();
});

describe("erasure", () => {
  const seen = async (leadId: string): Promise<any> =>
    (
      await must(server, supplier.token, {
        query: "query ($id: ID!) { lead(id: $id) { contact { email } } }",
        variables: { id: leadId },
      })
    ).lead;
  const erase = "mutation ($reference: ID!) { eraseRequest(reference: $reference) }";
  const sealedRows = (reference: string): Promise<Row[]> =>
    owner.rows(
      `SELECT 'need' AS what FROM lead_need n JOIN lead l ON l.id = n.lead_id WHERE l.reference = $1
       UNION ALL SELECT 'secret' FROM lead_secret s JOIN lead l ON l.id = s.lead_id WHERE l.reference = $1
       UNION ALL SELECT 'index' FROM lead_index i JOIN lead l ON l.id = i.lead_id WHERE l.reference = $1
       UNION ALL SELECT 'confirmation' FROM confirmation c JOIN lead l ON l.id = c.lead_id WHERE l.reference = $1`,
      [reference],
    );

  it("leaves nothing of the request that anyone can open and touches no other lead", async () => {
    const [gone, stays] = [
      await journey({ email: "trois.quetzal@xylophage.example" }),
      await journey({ email: "quatre.quetzal@xylophage.example" }),
    ];
    await request(supplier.token, reportMutation, {
      input: [
        {
          leadId: gone.leadId,
          status: "CONTACTED",
          occurredAt: server.clock.now().toISOString(),
          comment: planted.comment,
        },
      ],
    });
    const digests = await owner.rows(
      "SELECT i.digest FROM lead_index i JOIN lead l ON l.id = i.lead_id WHERE l.reference = $1",
      [gone.reference],
    );
    expect(digests).toHaveLength(2);
    await must(server, server.adminToken, { query: erase, variables: { reference: gone.reference } });

    expect(await sealedRows(gone.reference)).toEqual([]);
    expect(await seen(gone.leadId)).toBeNull();
    const revoked = (await wholeFeed(server, supplier)).filter(({ leadId }) => leadId === gone.leadId);
    expect(revoked).toMatchObject([
      { __typename: "LeadMatched", lead: null },
      { __typename: "LeadRevoked", reason: "ERASED" },
    ]);
    for (const query of [
      "{ myRequest { contact { email } } }",
      "mutation { withdrawConsent(input: {}) { reference } }",
    ]) {
      expect((await ask(server, gone.personalToken, { query })).errors?.[0]?.extensions.code).toBe(
        "NOT_FOUND",
      );
    }
    const { decision } = await must(server, server.adminToken, {
      query: "query ($reference: ID!) { decision(reference: $reference) { erased decisions { record } } }",
      variables: { reference: gone.reference },
    });
    expect(decision).toEqual({ erased: true, decisions: [] });
    // The supplier's comment in the outcome was sealed with the same key.
    const words = await owner.rows("SELECT o.words_sealed FROM outcome o WHERE o.delivery_id = $1", [
      gone.leadId,
    ]);
    expect(words.map(({ words_sealed }) => hitsIn(textOf(words_sealed, "bytea")))).toEqual([[]]);
    // The request's state and closing reason remain; they do not identify the person.
    expect(
      await owner.rows("SELECT state, close_reason FROM lead WHERE reference = $1", [gone.reference]),
    ).toEqual([{ state: "CLOSED", close_reason: "ERASED" }]);

    expect(await seen(stays.leadId)).toEqual({ contact: { email: "quatre.quetzal@xylophage.example" } });
    expect((await sealedRows(stays.reference)).map(({ what }) => what).sort()).toEqual([
      "index",
      "index",
      "need",
      "secret",
    ]);
    expect(
      (await must(server, stays.personalToken, { query: "{ myRequest { contact { lastName } } }" })).myRequest
        .contact.lastName,
    ).toBe(planted.lastName);
  });

  it("also removes the contact of a request that was never confirmed", async () => {
    const { token } = await preview(server);
    const { data } = await submit(server, {
      token,
      grants: [transmitTo([supplier.id])],
      contact: contact({ email: "cinq.quetzal@xylophage.example" }),
    });
    const { reference } = data?.submitLead as { reference: string };
    expect((await sealedRows(reference)).map(({ what }) => what).sort()).toEqual([
      "confirmation",
      "index",
      "index",
      "need",
      "secret",
    ]);
    await must(server, server.adminToken, { query: erase, variables: { reference } });
    expect(await sealedRows(reference)).toEqual([]);
    const confirm = await must(server, server.formToken, {
      query: confirmMutation,
      variables: { input: { reference, code: "000000" } },
    });
    expect(confirm.confirmPhone).toMatchObject({ reason: "WITHDRAWN" });
  });

  it("is allowed to the data protection officer and forbidden to other staff roles, suppliers, forms and persons", async () => {
    const told = await journey({ email: "six.quetzal@xylophage.example" });
    const admin = (role: string): Promise<string> =>
      must(server, server.adminToken, {
        query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }",
        variables: { input: { role, label: "test" } },
      }).then(({ createApiKey }) => createApiKey.token as string);
    const others = [
      await admin("OPERATOR"),
      await admin("FINANCE"),
      await newKey(server, supplier.id, "SUPPLIER_ADMIN"),
      server.formToken,
      told.personalToken,
    ];
    for (const token of others) {
      expect(
        (await ask(server, token, { query: erase, variables: { reference: told.reference } })).errors?.[0]
          ?.extensions.code,
      ).toBe("FORBIDDEN");
    }
    expect(await seen(told.leadId)).not.toBeNull();
    const { eraseRequest } = await must(server, await admin("DPO"), {
      query: erase,
      variables: { reference: told.reference },
    });
    expect(Date.parse(eraseRequest)).toBeGreaterThan(0);
    expect(await seen(told.leadId)).toBeNull();
  });
});

it.each(["masterKey", "indexKey", "tokenKey"] as const)(
  "a server with another %s refuses to start on this database",
  async (name) => {
    const keys = { ...server.keys, [name]: newKeys()[name] };
    const { url: databaseUrl } = server.database;
    const log = createLog({ format: "json", level: "silent" });
    const config = readConfig({ PORT: "0", DEMO_TRAFFIC: "0" });
    await expect(startCarAtlas({ config, keys, log, databaseUrl })).rejects.toThrow(
      "This database was sealed with other keys than MASTER_KEY, INDEX_KEY and TOKEN_KEY",
    );
  },
);
