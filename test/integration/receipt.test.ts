import { createHash, createPublicKey, verify, type JsonWebKey } from "node:crypto";
import { must } from "../support/client";
import { newCampaign, newSupplier, person, sendLead, wholeFeed, type TestSupplier } from "../support/journey";
import { asOwnerOf } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
let atlas: TestSupplier;
let borel: TestSupplier;

beforeAll(async () => {
  server = await startTestServer();
  [atlas, borel] = [await newSupplier(server, { name: "Atlas Autos" }), await newSupplier(server)];
  await newCampaign(server, atlas);
  await newCampaign(server, borel);
});
afterAll(() => server.stop());

interface Receipt {
  readonly jws: string;
  readonly verifyWith: string;
  readonly givenAt: string;
  readonly channels: string[];
  readonly textHash: string;
}

async function receiptOf(supplier: TestSupplier, leadId: string): Promise<Receipt> {
  const query = `query ($id: ID!) { lead(id: $id) { consentReceipt { jws verifyWith givenAt channels textHash } } }`;
  const { lead } = await must(server, supplier.token, { query, variables: { id: leadId } });
  return lead.consentReceipt as Receipt;
}

const deliveredTo = (supplier: TestSupplier, known: readonly string[]): Promise<string> =>
  until("the lead is delivered", async () =>
    (await wholeFeed(server, supplier))
      .flatMap(({ __typename, leadId }) => (__typename === "LeadMatched" ? [leadId as string] : []))
      .find((id) => !known.includes(id)),
  );

type Key = JsonWebKey & { kid: string };

/** Verifies the receipt as a supplier would, with only the published key; returns the claims or null. */
function verified(jws: string, keys: readonly Key[]): Record<string, unknown> | null {
  const [header = "", payload = "", signature = ""] = jws.split(".");
  const { alg, kid } = read(header);
  const key = keys.find((one) => one.kid === kid);
  if (alg !== "EdDSA" || !key) return null;
  const content = Buffer.from(`${header}.${payload}`);
  const isRight = verify(
    null,
    content,
    createPublicKey({ key, format: "jwk" }),
    Buffer.from(signature, "base64url"),
  );
  return isRight ? read(payload) : null;
}
const read = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
const write = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a consent receipt", () => {
  const contact = person({
    firstName: "Zélie",
    lastName: "Réceptacle",
    phone: "+33612345678",
    street: "7 rue du Secret",
  });
  const seen: string[] = [];
  let personalToken: string;
  let reference: string;
  let leadId: string;
  let receipt: Receipt;
  let keys: Key[];

  beforeAll(async () => {
    ({ personalToken, reference } = await sendLead(server, {
      ...{ to: [atlas, borel], channels: ["PHONE", "EMAIL"], contact },
    }));
    leadId = await deliveredTo(atlas, seen);
    receipt = await receiptOf(atlas, leadId);
    keys = ((await (await fetch(receipt.verifyWith)).json()) as { keys: Key[] }).keys;
  });

  it("verifies with the published key alone and agrees with the lead", () => {
    const claims = verified(receipt.jws, keys);
    expect(receipt.verifyWith).toBe(`${server.url}/.well-known/jwks.json`);
    expect(claims).toMatchObject({
      iss: server.url,
      sub: leadId,
      leadId,
      purpose: "TRANSMIT",
      supplierId: atlas.id,
      supplierName: "Atlas Autos",
      channels: ["PHONE", "EMAIL"],
      givenAt: receipt.givenAt,
      textHash: receipt.textHash,
      formVersion: 1,
      language: "FR",
    });
    expect(claims?.["iat"]).toBe(Math.floor(Date.parse(String(claims?.["matchedAt"])) / 1000));
  });

  it("contains the hash of the consent text that was shown", async () => {
    const { form } = await must(server, server.formToken, {
      query: '{ form(product: "NEW_CAR") { version consent { text } } }',
    });
    expect(receipt.textHash).toBe(
      createHash("sha256")
        .update(form.consent.text as string)
        .digest("hex"),
    );
  });

  it("is identical each time it is requested", async () => {
    expect((await receiptOf(atlas, leadId)).jws).toBe(receipt.jws);
  });

  it.each<[string, (claims: Record<string, unknown>) => object]>([
    ["another supplier", (claims) => ({ ...claims, supplierId: borel.id })],
    ["one channel more", (claims) => ({ ...claims, channels: ["PHONE", "EMAIL", "SMS"] })],
    ["another lead", (claims) => ({ ...claims, sub: borel.id })],
    ["an earlier consent", (claims) => ({ ...claims, givenAt: "2020-01-01T00:00:00.000Z" })],
  ])("no longer verifies when it names %s", (_, alter) => {
    const [header = "", payload = "", signature = ""] = receipt.jws.split(".");
    const altered = write(alter(read(payload)));
    expect(altered).not.toBe(payload);
    expect(verified([header, altered, signature].join("."), keys)).toBeNull();
  });

  it("does not verify with another header, signature or key", async () => {
    const [header = "", payload = "", signature = ""] = receipt.jws.split(".");
    const bytes = Buffer.from(signature, "base64url");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    expect(verified([header, payload, bytes.toString("base64url")].join("."), keys)).toBeNull();
    expect(
      verified([write({ ...read(header), typ: "JOSE" }), payload, signature].join("."), keys),
    ).toBeNull();
    const other = await startTestServer();
    const [stranger] = ((await (await fetch(`${other.url}/.well-known/jwks.json`)).json()) as { keys: Key[] })
      .keys;
    await other.stop();
    expect(verified(receipt.jws, [{ ...stranger, kid: String(read(header)["kid"]) }])).toBeNull();
  });

  it("names its key by the public thumbprint, and no private part of the key is published", () => {
    expect(keys).toHaveLength(1);
    for (const { kid, kty, crv, x, ...rest } of keys) {
      expect(kid).toBe(createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url"));
      expect({ kty, crv }).toEqual({ kty: "OKP", crv: "Ed25519" });
      expect(rest).toEqual({ use: "sig", alg: "EdDSA" });
    }
  });

  it("contains no personal data and no value that two suppliers could compare", async () => {
    const others = await receiptOf(borel, await deliveredTo(borel, []));
    const owner = await asOwnerOf(server.database);
    const [row] = await owner.rows("SELECT id FROM lead WHERE reference = $1", [reference]);
    await owner.end();
    const [mine, theirs] = [receipt, others].map(({ jws }) => verified(jws, keys) ?? {});
    const text = JSON.stringify(mine);
    const personal = Object.entries(contact).filter(([field]) => field !== "city" && field !== "civility");
    for (const [, value] of personal) expect(text).not.toContain(String(value));
    for (const value of [contact["city"], contact["civility"], reference, row?.["id"]])
      expect(text).not.toContain(value);
    expect(Object.keys(mine ?? {}).sort()).toEqual(
      [
        ...["channels", "formVersion", "givenAt", "iat", "iss", "language", "leadId", "matchedAt", "purpose"],
        ...["seat", "seats", "sub", "supplierId", "supplierName", "textHash"],
      ].sort(),
    );
    expect(theirs?.["sub"]).not.toBe(mine?.["sub"]);
  });

  it("no longer contains a channel that was withdrawn", async () => {
    await must(server, personalToken, {
      query: "mutation { withdrawConsent(input: { channels: [PHONE] }) { state } }",
    });
    const now = await receiptOf(atlas, leadId);
    expect(now.channels).toEqual(["EMAIL"]);
    expect(verified(now.jws, keys)).toMatchObject({ channels: ["EMAIL"] });
  });
});

it("publishes the contact for vulnerability reports beside the keys", async () => {
  const response = await fetch(`${server.url}/.well-known/security.txt`);
  expect([response.status, await response.text()]).toEqual([
    200,
    expect.stringMatching(/^Contact: mailto:security@caratlas\.example\nExpires: 2\d{3}-/),
  ]);
});
