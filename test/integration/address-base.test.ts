/**
 * The address base adapter against a test server that answers correctly, late, for another commune, never, or
 * with garbage.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { addressBaseAt, addressLimits } from "../../src/reference/geo/address-base.adapter";
import { resolvePlace } from "../../src/reference/geo/communes.adapter";
import { must } from "../support/client";
import { newCampaign, newSupplier, person, sendLead, wholeFeed, type TestSupplier } from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

/** Longer than any answer of these tests takes, even on a busy machine. */
const plentyMs = 60_000;

let server: Server | undefined;
const place = resolvePlace({ postcode: "69003" });
const street = "12 rue de l'Essai";

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function find(answer: RequestListener, timeoutMs = plentyMs) {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const failures: string[] = [];
  const onFailure = (error: unknown): void => void failures.push(String(error));
  const base = addressBaseAt({ base: `http://127.0.0.1:${port}`, timeoutMs, onFailure });
  return { position: await base.find(street, place), failures };
}

const feature = (properties: Record<string, unknown>, coordinates: unknown = [4.8567, 45.7608]) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: [{ geometry: { type: "Point", coordinates }, properties }],
  });
const good = { score: 0.9, citycode: "69383", type: "housenumber" };

describe("the address base", () => {
  it("asks for the street in its commune and uses the position of a good match", async () => {
    const asked: URL[] = [];
    const { position, failures } = await find((request, response) => {
      asked.push(new URL(request.url ?? "", "http://here"));
      response.end(feature(good));
    });
    expect(position).toEqual({ longitude: 4.8567, latitude: 45.7608 });
    expect(failures).toEqual([]);
    expect(asked[0]?.pathname).toBe("/search");
    expect(asked[0]?.searchParams.get("q")).toBe(`${street} 69003 Lyon`);
    expect(asked[0]?.searchParams.get("citycode")).toBe("69383");
  });

  it.each<[string, string]>([
    ["a weak match", feature({ ...good, score: 0.59 })],
    ["another commune", feature({ ...good, citycode: "69266" })],
    ["no commune", feature({ ...good, citycode: undefined })],
    ["the commune as a whole", feature({ ...good, type: "municipality" })],
    ["a score that is text", feature({ ...good, score: "0.9" })],
    ["an impossible point", feature(good, [45.7, 95])],
    ["no point", feature(good, null)],
    ["no match", JSON.stringify({ features: [] })],
    ["an empty match", JSON.stringify({ features: [null] })],
  ])("ignores an answer with %s without reporting a failure", async (_what, body) => {
    expect(await find((_request, response) => void response.end(body))).toEqual({
      position: null,
      failures: [],
    });
  });

  it.each<[string, RequestListener, string, number?]>([
    ["refuses", (_request, response) => void response.writeHead(503).end(), "status 503"],
    [
      "answers with something other than JSON",
      (_request, response) => void response.end(`<p>${street}</p>`),
      "not JSON",
    ],
    ["answers null", (_request, response) => void response.end("null"), "not a list of features"],
    [
      "answers at excessive length",
      (_request, response) => void response.end("x".repeat(300_000)),
      "too long",
    ],
    ["redirects", (_request, response) => void response.writeHead(302, { location: "/" }).end(), ""],
    ["hangs up", (request) => void request.socket.destroy(), ""],
    ["never answers", () => undefined, "timeout", 100],
    ["starts an answer and never ends it", (_request, response) => void response.write("{"), "timeout", 100],
  ])("returns no position and reports one failure when the service %s", async (...given) => {
    const [, answer, reason, timeoutMs] = given;
    const { position, failures } = await find(answer, timeoutMs);
    expect(position).toBe(null);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain(reason);
    expect(failures[0]).not.toContain("Essai");
  });

  /** Sends a request with this street and returns the precision of its place and the zone that it matched. */
  async function zoneOf(
    [carAtlas, supplier]: readonly [TestServer, TestSupplier],
    given: string | null,
  ): Promise<string> {
    const before = (await wholeFeed(carAtlas, supplier)).length;
    await sendLead(carAtlas, {
      to: [supplier],
      contact: person(given === null ? {} : { street: given }),
    });
    const event = await until("the lead arrives", async () => (await wholeFeed(carAtlas, supplier))[before]);
    const { lead } = await must(carAtlas, supplier.token, {
      query:
        "query ($id: ID!) { lead(id: $id) { place { precision } contact { street } why { kind text } } }",
      variables: { id: event.leadId },
    });
    expect(lead.contact.street).toBeNull();
    const zone = lead.why.find(({ kind }: { kind: string }) => kind === "ZONE").text as string;
    return `${lead.place.precision as string}: ${zone}`;
  }

  async function supplierOf(carAtlas: TestServer): Promise<TestSupplier> {
    const supplier = await newSupplier(carAtlas);
    const circle = { longitude: 4.86, latitude: 45.76, radiusKm: 1 };
    await newCampaign(carAtlas, supplier, { zones: [{ circle }, { departement: "69" }] });
    return supplier;
  }

  it("gives a submission its exact position, and the submission succeeds without one when the service fails", async () => {
    const patience = jest.replaceProperty(addressLimits, "timeoutMs", plentyMs as never);
    let isUp = true;
    server = createServer((_request, response) => {
      if (isUp) response.end(feature(good));
      else response.writeHead(503).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const carAtlas = await startTestServer({ environment: { ADDRESS_API_BASE: `http://127.0.0.1:${port}` } });
    try {
      const at = [carAtlas, await supplierOf(carAtlas)] as const;
      expect(await zoneOf(at, street)).toContain("ADDRESS: Lyon (69123) lies in your zone circle of 1 km");
      expect(await zoneOf(at, null)).toContain("NONE: Lyon (69123) lies in your zone departement:69");
      isUp = false;
      expect(await zoneOf(at, street)).toContain("NONE: Lyon (69123) lies in your zone departement:69");
      expect(carAtlas.log.join("")).toContain("the address base did not answer");
      expect(carAtlas.log.join("")).not.toContain("Essai");
    } finally {
      patience.restore();
      await carAtlas.stop();
    }
  });

  it("is not asked when it is not configured, and a submission succeeds without an exact position", async () => {
    const carAtlas = await startTestServer();
    try {
      const at = [carAtlas, await supplierOf(carAtlas)] as const;
      expect(await zoneOf(at, street)).toContain("NONE: Lyon (69123) lies in your zone departement:69");
      expect(carAtlas.log.join("")).not.toContain("the address base");
    } finally {
      await carAtlas.stop();
    }
  });
});
