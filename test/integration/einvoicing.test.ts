/**
 * Sends documents to a test e-invoicing platform: each arrives once, whatever the platform answers and
 * however many processes send, and the statuses it reports are stored whatever their order.
 */
import { randomUUID } from "node:crypto";
import { startEinvoicing, type EinvoicingServer, type PlatformFault } from "../support/einvoicing-server";
import { brokenCdarRules } from "../support/cdar-rules";
import { ask, must } from "../support/client";
import { issueInvoice, refundBalance } from "../support/finance";
import { newCampaign, newKey, newSupplier, sendLead } from "../support/journey";
import { dayOf } from "../support/days";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let platform: EinvoicingServer;
let server: TestServer;
let beside: TestServer;
let owner: Owner;
let ahead = 0;
const never = new AbortController().signal;

beforeAll(async () => {
  platform = await startEinvoicing(() => new Date(Date.now() + ahead));
  const environment = {
    EINVOICING_API_BASE: platform.url,
    EINVOICING_TOKEN_URL: `${platform.url}/token`,
    EINVOICING_CLIENT_ID: "caratlas",
    EINVOICING_CLIENT_SECRET: "a secret",
    EINVOICING_SINCE: "2026-01-01",
  };
  server = await startTestServer({ environment });
  beside = await startTestServer({ environment, beside: server });
  owner = await asOwnerOf(server.database);
});
afterEach(() => {
  // The platform never accepts the same document twice.
  const ids = platform.taken.map(({ trackingId }) => trackingId);
  expect(new Set(ids).size).toBe(ids.length);
});
afterAll(async () => {
  await owner.end();
  await beside.stop();
  await server.stop();
  await platform.stop();
});

/** Runs the work in both processes at once. */
async function work(): Promise<void> {
  await Promise.all(
    [server, beside].map(async ({ running }) => {
      const jobs = running.services.billing.dispatch.platform;
      if (!jobs) throw new Error("The platform is not set up.");
      await jobs.transmission.run(never);
      await jobs.lifeCycle.run();
    }),
  );
}
const later = async (ms: number): Promise<void> => {
  ahead += ms;
  for (const one of [server, beside]) one.clock.forward(ms);
  await work();
};

const fields =
  "id name transmission { status needsAction flowId failure statuses { code at label reasonCode reason reasons { code text } } }";
const documentsOf = async (token: string, at = server) =>
  (
    await must(at, token, { query: `{ billingDocuments { edges { node { ${fields} } } } }` })
  ).billingDocuments.edges.map(({ node }: any) => node);

async function invoiced() {
  const supplier = await newSupplier(server, { billingMode: "POSTPAID" });
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  const campaign = await newCampaign(server, supplier, { pricePerLeadCents: 10_000 });
  await sendLead(server, { to: [supplier] });
  await until(
    "the lead is delivered",
    async () => (await owner.rows("SELECT FROM delivery WHERE supplier_id = $1", [supplier.id])).length === 1,
  );
  // The list to handle shows only the first few, so this makes the next document one of them.
  await must(server, supplier.token, {
    query: "mutation ($id: ID!) { setCampaignStatus(id: $id, status: ARCHIVED) { id } }",
    variables: { id: campaign },
  });
  const [invoice] = await issueInvoice(server, supplier.id);
  return { supplier, token, ...(invoice as { id: string; name: string }) };
}
const takenOf = (name: string) => platform.taken.filter((flow) => flow.name.startsWith(name));
let transfers = 0;
const pay = (supplierId: string, amountInclVatCents: number) =>
  must(server, server.adminToken, {
    query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
    variables: {
      input: {
        ...{ supplierId, amountInclVatCents, receivedOn: dayOf(server.clock.now()) },
        bankReference: `E${String(++transfers)}`,
      },
    },
  });

it("sends a document once as Factur-X and shows the supplier its statuses in the order of the platform's clock", async () => {
  const { token, name } = await invoiced();
  await work();
  await work();
  const [flow] = takenOf(name);
  expect(flow).toMatchObject({ name: `${name}.pdf`, syntax: "Factur-X" });
  expect(flow?.content.subarray(0, 5).toString()).toBe("%PDF-");
  platform.say(name, "205", { at: "20261202103000" });
  const first = platform.say(name, "200", { at: "20261201090000" });
  platform.say(name, "203", { at: "2026-12-01T10:00:00Z" });
  await work();
  // The same message again, later.
  platform.say(name, "200", { at: "20261201090000", flowId: first });
  await work();
  expect(await documentsOf(token)).toMatchObject([
    {
      name,
      transmission: {
        ...{ status: "SENT", needsAction: false, flowId: flow?.flowId, failure: null },
        statuses: [
          // Without an offset, the time is that of Paris.
          { code: "200", label: "Déposée", at: "2026-12-01T08:00:00.000Z" },
          { code: "203", label: "Mise à disposition", at: "2026-12-01T10:00:00.000Z" },
          { code: "205", label: "Approuvée", at: "2026-12-02T09:30:00.000Z" },
        ],
      },
    },
  ]);
});

it.each<PlatformFault>(["500_AFTER", "NO_ANSWER_AFTER", "500_BEFORE"])(
  "sends a document once even if the platform answers with %s",
  async (fault) => {
    const { token, name } = await invoiced();
    platform.faults.push(fault);
    await work();
    await later(3_600_000);
    await later(3_600_000);
    expect(takenOf(name)).toHaveLength(1);
    expect(await documentsOf(token)).toMatchObject([
      { transmission: { status: "SENT", needsAction: false } },
    ]);
  },
);

it("learns that a flow was refused even though the answer to its submission was lost", async () => {
  const { token, name } = await invoiced();
  platform.faults.push("500_AFTER");
  await work();
  platform.refuse(takenOf(name)[0]?.flowId ?? "", "No such buyer", "No such seller");
  await work();
  expect(await documentsOf(token)).toMatchObject([
    {
      transmission: {
        ...{ status: "REFUSED", needsAction: true },
        failure: "REJ_SEMAN: No such buyer; REJ_SEMAN: No such seller",
      },
    },
  ]);
  await later(3_600_000);
  expect(takenOf(name)).toHaveLength(1);
});

it("fetches a new token when the platform no longer accepts the old one", async () => {
  const { name } = await invoiced();
  platform.endTokens();
  await work();
  expect(takenOf(name)).toHaveLength(1);
});

it("lists refused, rejected and disputed documents for finance, which can resend all but the disputed ones", async () => {
  platform.faults.push("REFUSED");
  const refused = await invoiced();
  await work();
  const resend = (id: string, key: string = randomUUID()) =>
    ask(server, server.adminToken, {
      query: `mutation ($id: ID!, $key: String!) { resendDocument(id: $id, idempotencyKey: $key) { ${fields} } }`,
      variables: { id, key },
    });
  const handled = async (): Promise<string[]> =>
    (
      await must(server, server.adminToken, {
        query: "{ billingDocuments(filter: { needsAction: true }) { edges { node { name } } } }",
      })
    ).billingDocuments.edges.map(({ node }: any) => node.name);
  expect(await documentsOf(refused.token)).toMatchObject([
    { transmission: { status: "REFUSED", needsAction: true, failure: "BR-FR-01: the name is not taken" } },
  ]);
  const later_ = await invoiced();
  const disputed = await invoiced();
  const rejected = await invoiced();
  await work();
  platform.refuse(takenOf(later_.name)[0]?.flowId ?? "", "Total &amp; VAT differ");
  platform.say(disputed.name, "207", {
    reasons: [
      ["MONTANTTOTAL_ERR", "Montant &amp; taux"],
      ["CMD_ERR", "Commande inconnue"],
    ],
  });
  platform.say(rejected.name, "213", { reasons: [["DEST_INC", "SIREN inconnu"]] });
  await work();
  expect((await handled()).slice(0, 4).sort()).toEqual(
    [refused, later_, disputed, rejected].map(({ name }) => name).sort(),
  );
  expect(await documentsOf(disputed.token)).toMatchObject([
    {
      transmission: {
        statuses: [
          {
            ...{ code: "207", label: "En litige", reasonCode: "MONTANTTOTAL_ERR", reason: "Montant & taux" },
            reasons: [
              { code: "MONTANTTOTAL_ERR", text: "Montant & taux" },
              { code: "CMD_ERR", text: "Commande inconnue" },
            ],
          },
        ],
      },
    },
  ]);
  const { billingDocument: inEnglish } = await must(server, disputed.token, {
    query:
      "query ($id: ID!) { billingDocument(id: $id) { transmission { statuses { label(language: EN) } } } }",
    variables: { id: disputed.id },
  });
  expect(inEnglish.transmission.statuses).toMatchObject([{ label: "In dispute" }]);
  const namesOf = async (filter: string): Promise<string[]> =>
    (
      await must(server, server.adminToken, {
        query: `{ billingDocuments(first: 100, filter: { ${filter} }) { edges { node { name } } } }`,
      })
    ).billingDocuments.edges.map(({ node }: any) => node.name);
  const sent = await namesOf("transmissionStatus: SENT");
  expect(sent).toEqual(expect.arrayContaining([disputed.name, rejected.name]));
  expect(sent).not.toContain(refused.name);
  expect(await namesOf("transmissionStatus: SENT, needsAction: false")).not.toContain(disputed.name);
  const all = await namesOf("");
  expect([...(await namesOf("needsAction: true")), ...(await namesOf("needsAction: false"))].sort()).toEqual(
    all.sort(),
  );
  expect((await resend(disputed.id)).errors?.[0]?.extensions.code).toBe("CONFLICT");
  for (const { id } of [refused, later_, rejected]) {
    expect((await resend(id, `again ${id}`)).data).toMatchObject({
      resendDocument: { transmission: { status: "WAITING", needsAction: false } },
    });
    expect((await resend(id)).errors?.[0]?.extensions.code).toBe("CONFLICT");
  }
  await work();
  // The same key sends nothing again, and the answer shows what became of the document since.
  expect((await resend(refused.id, `again ${refused.id}`)).data).toMatchObject({
    resendDocument: { transmission: { status: "SENT" } },
  });
  const left = await handled();
  expect([refused, later_, disputed, rejected].filter(({ name }) => left.includes(name))).toEqual([disputed]);
  for (const { token, id } of [refused, later_, rejected]) {
    expect(await documentsOf(token)).toMatchObject([
      { transmission: { status: "SENT", needsAction: false } },
    ]);
    // A status from before the document was resent no longer allows another resend.
    expect((await resend(id)).errors?.[0]?.extensions.code).toBe("CONFLICT");
  }
  expect([refused, later_, disputed, rejected].map(({ name }) => takenOf(name).length)).toEqual([1, 2, 1, 2]);
});

it("reports collected and refunded payments with their VAT", async () => {
  const { supplier, name } = await invoiced();
  await work();
  await pay(supplier.id, 5_000);
  await work();
  await pay(supplier.id, 9_000);
  await work();
  await work();
  const said = takenOf(`${name}-212`).map(({ content }) => content.toString());
  expect(said).toHaveLength(2);
  for (const [index, amount] of ["50.00", "70.00"].entries()) {
    expect(said[index]).toContain(`<ram:IssuerAssignedID>${name}</ram:IssuerAssignedID>`);
    expect(said[index]).toContain(`<ram:ValueAmount currencyID="EUR">${amount}</ram:ValueAmount>`);
    expect(said[index]).toContain("<ram:ValuePercent>20.00</ram:ValuePercent>");
  }
  expect(said.flatMap(brokenCdarRules)).toEqual([]);
  // The rest of the second payment is a deposit, whose invoice is sent too and was already paid when it was
  // issued.
  const deposit = platform.taken.find((flow) => /^D\d{4}-\d{6}-212/.test(flow.name));
  expect(deposit?.content.toString()).toContain(`<ram:ValueAmount currencyID="EUR">20.00</ram:ValueAmount>`);
  expect(deposit?.content.toString()).toContain("<ram:TypeCode>386</ram:TypeCode>");
  // A refund of it is reported on its credit note as a negative amount.
  await refundBalance(server, supplier.id, { netCents: 1_000, bankReference: "RE" });
  await work();
  await work();
  const back = platform.taken.find((flow) => /^A\d{4}-\d{6}-212/.test(flow.name));
  expect(back?.content.toString()).toContain(`<ram:ValueAmount currencyID="EUR">-12.00</ram:ValueAmount>`);
  // A credit note for a deposit has a type of its own.
  expect(back?.content.toString()).toContain("<ram:TypeCode>503</ram:TypeCode>");
});

it("reports the paid part of a credit note as returned, and as received by its deposit invoice", async () => {
  const { supplier } = await invoiced();
  await pay(supplier.id, 12_000);
  await work();
  await work();
  const seen = platform.taken.length;
  const [lead] = await owner.rows("SELECT id FROM delivery WHERE supplier_id = $1", [supplier.id]);
  const { requestReturn } = await must(server, supplier.token, {
    query:
      "mutation ($id: ID!) { requestReturn(input: { leadId: $id, reason: FRAUD }) { ... on LeadReturn { id } } }",
    variables: { id: lead?.["id"] },
  });
  await must(server, server.adminToken, {
    query:
      'mutation ($id: ID!) { decideReturn(id: $id, accept: true, idempotencyKey: "it was fraud") { status } }',
    variables: { id: requestReturn.id },
  });
  await issueInvoice(server, supplier.id);
  await work();
  await work();
  const said = platform.taken.slice(seen).filter(({ name }) => name.endsWith("-212.xml"));
  const amounts = said.map(({ name, content }) => [
    name.slice(0, 1),
    /<ram:ValueAmount currencyID="EUR">([^<]*)</.exec(content.toString())?.[1],
  ]);
  expect(amounts.sort()).toEqual([
    ["A", "-120.00"],
    ["D", "120.00"],
  ]);
});

it("skips invalid messages, stores the reason and processes the others", async () => {
  const { token, name } = await invoiced();
  await work();
  const strange = [
    "<a>",
    "not XML at all",
    '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    `<rsm:CrossDomainAcknowledgementAndResponse>${"x".repeat(210_000)}</rsm:CrossDomainAcknowledgementAndResponse>`,
  ].map((xml) => platform.say(name, "205", { xml }));
  platform.say("F2099-000001", "205");
  platform.say(name, "204");
  await work();
  expect(await documentsOf(token)).toMatchObject([{ transmission: { statuses: [{ code: "204" }] } }]);
  const kept = await owner.rows("SELECT flow_id, failure FROM einvoice_message WHERE failure IS NOT NULL");
  expect(kept.map((row) => row["flow_id"])).toEqual(expect.arrayContaining(strange));
});

it("processes the other messages when one cannot be fetched, retries that one and gives up after a day", async () => {
  const { token, name } = await invoiced();
  await work();
  const [first, second] = [platform.say(name, "203"), platform.say(name, "204")];
  for (const flowId of [first, second]) platform.breakContent(flowId, true);
  platform.say(name, "205");
  await work();
  const codes = async (): Promise<string[]> =>
    (await documentsOf(token))[0].transmission.statuses.map(({ code }: any) => code).sort();
  expect(await codes()).toEqual(["205"]);
  platform.breakContent(first, false);
  await later(60_000);
  expect(await codes()).toEqual(["203", "205"]);
  await later(90_000_000);
  platform.say(name, "211");
  await work();
  expect(await codes()).toEqual(["203", "205", "211"]);
  const [row] = await owner.rows("SELECT failure FROM einvoice_message WHERE flow_id = $1", [second]);
  expect(row?.["failure"]).toBe("it could not be fetched for a day");
});

it("reads all pages of messages", async () => {
  const { token, name } = await invoiced();
  await work();
  for (let day = 1; day <= 130; day++) {
    ahead += 1_000;
    const stamp = new Date(Date.UTC(2027, 0, 1) + day * 60_000).toISOString();
    platform.say(name, String(200 + (day % 9)), { at: stamp });
  }
  await work();
  const [{ transmission }] = await documentsOf(token);
  expect(transmission.statuses).toHaveLength(130);
});

it("is switched off when no platform is configured", async () => {
  const alone = await startTestServer();
  try {
    expect(alone.running.services.billing.dispatch.platform).toBeNull();
    // The payment of a prepaid supplier is documented by an invoice of its own.
    const supplier = await newSupplier(alone);
    const documents = await documentsOf(await newKey(alone, supplier.id, "SUPPLIER_ADMIN"), alone);
    expect(documents).toMatchObject([{ transmission: null }]);
  } finally {
    await alone.stop();
  }
});

it("shows the reason of a status that was read before all reasons were kept", async () => {
  const { token, id, supplier } = await invoiced();
  await work();
  await owner.rows(
    `INSERT INTO einvoice_status (document_id, supplier_id, code, at, reason_code, reason, flow_id, received_at)
     VALUES ($1, $2, '210', now(), 'CMD_ERR', 'Commande inconnue', 'before', now())`,
    [id, supplier.id],
  );
  expect(await documentsOf(token)).toMatchObject([
    {
      transmission: {
        statuses: [
          {
            code: "210",
            reason: "Commande inconnue",
            reasons: [{ code: "CMD_ERR", text: "Commande inconnue" }],
          },
        ],
      },
    },
  ]);
});
