/**
 * Circles and polygons end to end: the location in the form, what is stored, who receives the lead, and the
 * replay.
 */
import { execFile } from "node:child_process";
import fs, { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { demoCentroids } from "../../src/reference/geo/demo-centroids";
import { distanceKm } from "../../src/reference/geo/position";
import { ask, must } from "../support/client";
import { answers, newCampaign, newSupplier, preview, sendLead } from "../support/journey";
import { projectFolder } from "../support/launched";
import { asOwnerOf } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
let filesRead: string[] = [];
beforeAll(async () => {
  const reading = jest.spyOn(fs, "readFileSync");
  server = await startTestServer();
  filesRead = reading.mock.calls.map(([file]) => String(file));
  reading.mockRestore();
});
afterAll(async () => server.stop());

const previewed = async (location: Record<string, unknown>): Promise<string[]> =>
  (await preview(server, { location })).recipients.map(({ supplierId }) => supplierId);
const importFile = async (content: unknown): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), "caratlas-geo-"));
  const file = path.join(folder, "centroids.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  try {
    return await runImport(file);
  } finally {
    await rm(folder, { recursive: true });
  }
};
const runImport = async (given: string): Promise<string> => {
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: server.database.url,
    DATABASE_OWNER_URL: server.database.ownerUrl,
  };
  const program = [path.join(projectFolder, "dist/src/cli/geo-import.js"), given];
  return promisify(execFile)(process.execPath, program, { env }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { stderr: string }).stderr,
  );
};
const readiness = async (): Promise<Record<string, string>> => {
  const answer = await fetch(`${server.url}/readyz`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { checks: Record<string, string> }).checks;
};

it("reads the communes before the server listens, because no request should wait for them", () => {
  expect(filesRead.filter((file) => file.endsWith("communes.json"))).toHaveLength(1);
});

describe("zones by shape", () => {
  it("match by the person's own position, by the commune's centroid, or not at all when neither is known", async () => {
    const supplier = await newSupplier(server);
    const circle = { longitude: 4.86, latitude: 45.76, radiusKm: 2 };
    await newCampaign(server, supplier, { zones: [{ circle }] });
    const ring = [[4.8, 45.7], [4.9, 45.7], [4.9, 45.8], [4.8, 45.8], [4.8, 45.7]]; // prettier-ignore
    const other = await newSupplier(server);
    await newCampaign(server, other, { zones: [{ polygon: { type: "Polygon", coordinates: [ring] } }] });

    expect((await readiness())["centroids"]).toContain("none imported");
    expect(await previewed({ postcode: "69003" })).toEqual([]);
    const exact = { longitude: 4.8567, latitude: 45.7608 };
    expect((await previewed({ postcode: "69003", ...exact })).sort()).toEqual([supplier.id, other.id].sort());

    expect(await importFile({ "69123": [4.83, 45.75], "69383": [4.82, 45.75], "69232": [4.8, 45.8] })).toBe(
      "Centroids from centroids.json: 2 added, 0 changed, 0 unchanged.\nLeft out: 1 that are not communes today, 0 without coordinates.\n",
    );
    await until("the import is noticed", async () => (await readiness())["centroids"] === "2 imported");
    expect(await previewed({ postcode: "69003" })).toEqual([other.id]);
    const far = { postcode: "69003", longitude: 2.35, latitude: 48.85 };
    const refused = await ask(server, server.formToken, {
      query: "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }",
      variables: { input: { product: "NEW_CAR", answers: answers(), location: far } },
    });
    expect(refused.errors?.[0]?.message).toContain("lie far from Lyon");

    const sent = await sendLead(server, { to: [supplier], location: { postcode: "69003", ...exact } });
    await until("the lead is there", async () => {
      const { leads } = await must(server, supplier.token, {
        query: "{ leads { edges { node { place { precision } why { kind text } } } } }",
      });
      if (leads.edges[0]) expect(leads.edges[0].node.place).toEqual({ precision: "ADDRESS" });
      const why = leads.edges[0]?.node.why as { kind: string; text: string }[] | undefined;
      return (
        why?.find(({ kind }) => kind === "ZONE")?.text.includes("circle of 2 km around 45.76, 4.86") ?? false
      );
    });
    // The person sees how precisely the position is known but not the position, so the link reveals nothing.
    const { myRequest } = await must(server, sent.personalToken, {
      query: "{ myRequest { place { postcode precision commune { name } } answers { value } } }",
    });
    expect(myRequest.place.precision).toBe("ADDRESS");
    const placeFields = (
      await must(server, server.adminToken, {
        query: '{ __type(name: "Place") { fields { name } } }',
      })
    ).__type.fields.map(({ name }: { name: string }) => name);
    expect(placeFields.sort()).toEqual(["commune", "postcode", "precision", "region"]);
    const owner = await asOwnerOf(server.database);
    for (const table of ["lead", "lead_need", "decision", "delivery", "consent_act", "feed_event"]) {
      const rows = JSON.stringify(await owner.rows(`SELECT * FROM ${table}`));
      expect(rows).not.toContain("4.8567");
      expect(rows).not.toContain("45.7608");
    }
    await owner.end();
    const { decision } = await must(server, server.adminToken, {
      query: "query ($reference: ID!) { decision(reference: $reference) { decisions { replaysTheSame } } }",
      variables: { reference: sent.reference },
    });
    expect(decision.decisions).toEqual([{ replaysTheSame: true }]);
  });

  it("stay as they are when an import file is invalid: nothing of it is imported", async () => {
    const before = (await readiness())["centroids"];
    expect(await importFile('{"69266":[4.88,45.77],"69381":[4]}')).toContain(
      "Entry 2 has no [longitude, latitude]",
    );
    expect(await importFile('{"69266":[4.88,45.77],"69123":[45.75,4.83]}')).toContain(
      "The position of commune 69123 lies outside France, where no request comes from: longitude and latitude seem to be swapped",
    );
    expect(await importFile("<html>")).toContain("This is not a file of centroids.");
    expect(await runImport("http://example.invalid/communes")).toContain("https://");
    expect(await runImport("/nowhere/at/all.json")).toContain("The file cannot be read: it does not exist.");
    expect(
      await importFile([{ code: "69123", centre: { type: "Point", coordinates: [4.83, 45.75] } }]),
    ).toContain("0 added, 0 changed, 1 unchanged.");
    expect((await readiness())["centroids"]).toBe(before);
  });

  it("need inseeCode when a postcode has several communes, and the error lists them", async () => {
    const { errors } = await ask(server, server.formToken, {
      query: "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }",
      variables: { input: { product: "NEW_CAR", answers: answers(), location: { postcode: "97500" } } },
    });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "INVALID_INPUT",
      reason: "REQUIRED",
      communes: [
        { inseeCode: "97501", name: "Miquelon-Langlade" },
        { inseeCode: "97502", name: "Saint-Pierre" },
      ],
    });
  });
});

/** A file of all communes, which is not part of the project but which a developer may have. */
const wholeFile = path.resolve(
  process.env["COMMUNE_CENTROIDS_FILE"] ?? path.join(projectFolder, "../shared/geo/communes-centroids.json"),
);

describe("a file of all communes", () => {
  const isThere = existsSync(wholeFile);
  if (!isThere) {
    process.stdout.write(
      "skipped: no file of all communes beside the project (COMMUNE_CENTROIDS_FILE names one)\n",
    );
  }
  const whereThere = isThere ? it : it.skip;

  whereThere("is imported completely, and a second import changes nothing", async () => {
    const all = JSON.parse(await readFile(wholeFile, "utf8")) as Record<string, [number, number]>;
    const counts = (text: string): number[] =>
      [...text.matchAll(/(\d+) [a-z]/g)].map(([, count]) => Number(count));
    const [added = 0, changed = 0, unchanged = 0, notOfToday = 0] = counts(await runImport(wholeFile));
    expect(added + changed + unchanged + notOfToday).toBe(Object.keys(all).length);
    expect(added).toBeGreaterThan(34_000);
    expect(notOfToday).toBeLessThan(1_000);
    expect(counts(await runImport(wholeFile)).slice(0, 3)).toEqual([0, 0, added + changed + unchanged]);
  });

  whereThere("agrees with the positions of the demo's communes", async () => {
    const all = JSON.parse(await readFile(wholeFile, "utf8")) as Record<string, [number, number]>;
    const pointOf = ([longitude, latitude]: readonly [number, number]) => ({ longitude, latitude });
    const far = Object.entries(demoCentroids).flatMap(([code, own]) => {
      const other = all[code];
      const km = other ? distanceKm(pointOf(own), pointOf(other)) : 0;
      return km > 3 ? [`${code}: ${km.toFixed(1)} km`] : [];
    });
    expect(far).toEqual([]);
    expect(Object.keys(demoCentroids).filter((code) => code in all).length).toBeGreaterThan(20);
  });
});
