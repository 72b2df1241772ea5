/**
 * A supplier must pass onboarding before its first campaign. VIES is a test server that confirms, denies or
 * does not answer.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { vatNumberOf } from "../../src/shared/registration";
import { ask, must, type GraphQLAnswer } from "../support/client";
import { campaignInput, inventedSiren, newKey, type TestSupplier } from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";
import { asOwnerOf, type Owner } from "../support/rows";

type Fields = Record<string, unknown>;
let server: TestServer;
let owner: Owner;
let vies: Server;
const asked: Fields[] = [];
/** The next answer of VIES: a status and a body, or null for a dropped connection. */
let answer: { readonly status: number; readonly body: string } | null;

const yes = (name: string, more: Fields = {}) => ({
  status: 200,
  body: JSON.stringify({
    valid: true,
    requestDate: "2026-11-26",
    requestIdentifier: "WAPIAAAAEssai",
    name,
    ...more,
  }),
});

beforeAll(async () => {
  vies = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push({ path: request.url, ...(JSON.parse(Buffer.concat(chunks).toString()) as Fields) });
      if (answer === null) return void request.socket.destroy();
      response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    });
  }).listen(0, "127.0.0.1");
  await once(vies, "listening");
  const { port } = vies.address() as AddressInfo;
  server = await startTestServer({ environment: { VIES_API_BASE: `http://127.0.0.1:${port}` } });
  owner = await asOwnerOf(server.database);
});
afterAll(async () => {
  await owner.end();
  await server.stop();
  vies.close();
});

interface Newcomer extends TestSupplier {
  readonly siren: string;
  readonly boss: string;
}

async function newcomer(changes: Fields = {}): Promise<Newcomer> {
  const siren = inventedSiren();
  const address = { street: "1 rue de l'Essai", postcode: "69001", city: "Lyon", departement: "69" };
  const name = "Garage de l'Étoile";
  const input = {
    name,
    siren,
    vatNumber: vatNumberOf(siren),
    ...address,
    billingMode: "PREPAID",
    ...changes,
  };
  const { createSupplier } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { id } }",
    variables: { input },
  });
  const id = createSupplier.id as string;
  const [token, boss] = [await newKey(server, id), await newKey(server, id, "SUPPLIER_ADMIN")];
  return { id, name, siren, token, boss };
}

const fields =
  "complete steps { step doneAt todo } checks { kind number valid source reference name nameDiffers } waived";
const lookUp = ({ id }: Newcomer): Promise<GraphQLAnswer> =>
  ask(server, server.adminToken, {
    query: `mutation ($id: ID!) { checkRegistration(supplierId: $id) { ${fields} } }`,
    variables: { id },
  });
const enter = (input: Fields): Promise<GraphQLAnswer> =>
  ask(server, server.adminToken, {
    query: `mutation ($input: RegisterCheckInput!) { recordRegisterCheck(input: $input) { ${fields} } }`,
    variables: { input },
  });
const accept = ({ boss }: Newcomer, version = "2026-11"): Promise<GraphQLAnswer> =>
  ask(server, boss, {
    query: "mutation ($version: String!) { acceptTerms(version: $version) { complete } }",
    variables: { version },
  });
const create = ({ token }: Newcomer, product = "NEW_CAR"): Promise<GraphQLAnswer> =>
  ask(server, token, {
    query: "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }",
    variables: { input: campaignInput({ product, pricePerLeadCents: 9_000 }) },
  });
const missingOf = ({ errors }: GraphQLAnswer): string[] => {
  const { missing = [] } = (errors?.[0]?.extensions ?? {}) as { missing?: { step: string }[] };
  return missing.map(({ step }) => step);
};

describe("a new supplier", () => {
  it("cannot run a campaign before the register check and the terms, and is told what is missing", async () => {
    const atlas = await newcomer();
    const refused = await create(atlas);
    expect(refused.errors?.[0]?.extensions.code).toBe("CONFLICT");
    expect(missingOf(refused)).toEqual(["SIREN", "VAT", "TERMS"]);
    expect(refused.errors?.[0]?.message).toContain("accepts the terms of version 2026-11 (acceptTerms)");

    answer = yes("GARAGE DE L ETOILE SAS");
    const { checkRegistration } = (await lookUp(atlas)).data as { checkRegistration: any };
    const found = { valid: true, source: "VIES", reference: "WAPIAAAAEssai", nameDiffers: false };
    expect(checkRegistration.checks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "VAT", number: vatNumberOf(atlas.siren), ...found }),
        expect.objectContaining({ kind: "SIREN", number: atlas.siren, ...found }),
      ]),
    );
    expect(asked.at(-1)).toEqual({
      ...{ path: "/check-vat-number", countryCode: "FR", vatNumber: vatNumberOf(atlas.siren).slice(2) },
      ...{ requesterMemberStateCode: "FR", requesterNumber: vatNumberOf("000000018").slice(2) },
    });
    const [proof] = await owner.rows("SELECT proof FROM register_check WHERE supplier_id = $1", [atlas.id]);
    expect(proof?.["proof"]).toMatchObject({ requestDate: "2026-11-26", requestIdentifier: "WAPIAAAAEssai" });

    expect(missingOf(await create(atlas))).toEqual(["TERMS"]);
    expect((await accept(atlas, "2025-01")).errors?.[0]?.message).toContain(
      "the current terms are version 2026-11",
    );
    expect((await accept(atlas)).data).toEqual({ acceptTerms: { complete: true } });
    expect((await accept(atlas)).data).toEqual({ acceptTerms: { complete: true } });
    expect((await create(atlas)).errors).toBeUndefined();
    const [{ count }] = (await owner.rows(
      "SELECT count(*)::int AS count FROM audit_event WHERE supplier_id = $1 AND action IN ('REGISTER_CHECKED', 'TERMS_ACCEPTED')",
      [atlas.id],
    )) as [{ count: number }];
    expect(count).toBe(3);
  });

  it("is not accepted when VIES denies, fails, or returns another name that no one has reviewed", async () => {
    const atlas = await newcomer();
    await accept(atlas);
    for (const silence of [
      null,
      { status: 500, body: '{"errorWrappers":[{"error":"MS_UNAVAILABLE"}]}' },
      { status: 200, body: "<p>" },
    ]) {
      answer = silence;
      const { errors } = await lookUp(atlas);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "UNAVAILABLE", retryAfterSeconds: 60 });
      expect(errors?.[0]?.message).toContain("VIES could not be asked now");
    }
    expect(await owner.rows("SELECT FROM register_check WHERE supplier_id = $1", [atlas.id])).toEqual([]);
    answer = yes("", { valid: false });
    await lookUp(atlas);
    expect(missingOf(await create(atlas))).toEqual(["SIREN", "VAT"]);
    answer = yes("TOUT AUTRE NOM");
    const { checkRegistration } = (await lookUp(atlas)).data as { checkRegistration: any };
    expect(checkRegistration.checks[0]).toMatchObject({ valid: true, nameDiffers: true });
    expect((await create(atlas)).errors).toBeUndefined();
  });

  it("without a VAT number is checked by staff, and at ORIAS for insurance and credit", async () => {
    const atlas = await newcomer({ vatNumber: null });
    expect((await lookUp(atlas)).errors?.[0]?.message).toContain("has no VAT number");
    const entry = { supplierId: atlas.id, valid: true, reference: "GED 2026/12" };
    expect(
      (await enter({ ...entry, kind: "SIREN", number: inventedSiren() })).errors?.[0]?.message,
    ).toContain("not the supplier's SIREN");
    expect((await enter({ ...entry, kind: "SIREN", number: atlas.siren })).errors).toBeUndefined();
    await accept(atlas);
    expect((await create(atlas)).errors).toBeUndefined();
    expect(missingOf(await create(atlas, "CAR_INSURANCE"))).toEqual(["ORIAS"]);
    expect((await enter({ ...entry, kind: "ORIAS", number: "12345678" })).errors).toBeUndefined();
    expect((await create(atlas, "CAR_INSURANCE")).errors).toBeUndefined();

    const lender = await newcomer({ vatNumber: null, creditAgencies: ["Agence d'essai"] });
    expect(missingOf(await create(lender))).toEqual(["SIREN", "TERMS", "ORIAS"]);
  });

  it("can be exempted by staff with a reason and sees only its own onboarding", async () => {
    const [atlas, other] = [await newcomer(), await newcomer()];
    const waive = (token: string, reason: string) =>
      ask(server, token, {
        query:
          "mutation ($id: ID!, $reason: String!) { waiveOnboarding(supplierId: $id, reason: $reason) { complete waived } }",
        variables: { id: atlas.id, reason },
      });
    expect((await waive(atlas.boss, "Oui")).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await waive(server.adminToken, " ")).errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
    expect((await waive(server.adminToken, "Contrat signé sur papier.")).data).toEqual({
      waiveOnboarding: { complete: true, waived: "Contrat signé sur papier." },
    });
    expect((await create(atlas)).errors).toBeUndefined();
    const query = "query ($of: ID) { onboarding(supplierId: $of) { supplierId complete termsVersion } }";
    const seen = await must(server, other.token, { query, variables: { of: atlas.id } });
    expect(seen.onboarding).toEqual({ supplierId: other.id, complete: false, termsVersion: "2026-11" });
    expect((await ask(server, server.adminToken, { query })).errors?.[0]?.extensions.code).toBe(
      "INVALID_INPUT",
    );
    const byStaff = await must(server, server.adminToken, { query, variables: { of: atlas.id } });
    expect(byStaff.onboarding.complete).toBe(true);
  });

  it("may create campaigns in its sandbox before onboarding is complete", async () => {
    const atlas = await newcomer();
    const { createApiKey } = await must(server, atlas.boss, {
      query:
        'mutation { createApiKey(input: { role: SUPPLIER_INTEGRATION, label: "essai", environment: SANDBOX }) { token } }',
    });
    expect((await create({ ...atlas, token: createApiKey.token as string })).errors).toBeUndefined();
  });
});
