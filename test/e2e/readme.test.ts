/** Pastes the blocks of the README and of docs/tutorial.md into one shell, against a test server. */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { newCampaign, newSupplier, type TestSupplier } from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";

const root = path.resolve(__dirname, "../..");
const read = (name: string): string => readFileSync(path.join(root, name), "utf8");
const readme = read("README.md");
const journey = readme.slice(
  readme.indexOf("## A lead's journey by hand"),
  readme.indexOf("## Where things are"),
);
const blocksMarked = (mark: string): string[] =>
  [...`${journey}${read("docs/tutorial.md")}`.matchAll(/^```(\S+ ?\S*)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, kind, text]) => (kind === mark ? [text ?? ""] : []),
  );

let server: TestServer;
let supplier: TestSupplier;
let dataDir: string;
beforeAll(async () => {
  server = await startTestServer();
  supplier = await newSupplier(server, { name: "Garage des Essais" });
  await newCampaign(server, supplier, { zones: [{ region: "84" }] });
  dataDir = mkdtempSync(path.join(tmpdir(), "caratlas-readme-"));
  const suppliers = [{ id: supplier.id, name: supplier.name, apiKey: supplier.token }];
  const demo = {
    url: server.url,
    wsUrl: server.wsUrl,
    formKey: server.formToken,
    staff: { token: server.adminToken },
    suppliers,
  };
  writeFileSync(path.join(dataDir, "demo.json"), JSON.stringify(demo));
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await server.stop();
});

it("the commands work as pasted, and the second terminal shows the lead arrive and be revoked", async () => {
  const options = { cwd: root, env: { ...process.env, DATA_DIR: dataDir } };
  const [follow] = blocksMarked("sh follow");
  const following = spawn("bash", ["-c", `exec ${follow?.trim() ?? ""}`], options);
  const lines: { __typename: string; lead?: { contact: { email: string; phone: null } } }[] = [];
  const revoked = new Promise<void>((resolve) => {
    createInterface({ input: following.stdout }).on("line", (line) => {
      lines.push(JSON.parse(line));
      if (lines.at(-1)?.__typename === "LeadRevoked") resolve();
    });
  });
  try {
    const blocks = blocksMarked("sh");
    expect(blocks.length).toBeGreaterThanOrEqual(8);
    // All blocks run in one shell, as in one terminal. Before reading the lead, the script polls until it is
    // delivered.
    const patience = `until [ "$(node scripts/ask.mjs supplier '{ leads { edges { node { id } } } }' --pick leads.edges.0.node.id 2>/dev/null)" != undefined ]; do :; done`;
    const script = blocks
      .map((block) => (block.startsWith("LEAD=") ? `${patience}\n${block}` : block))
      .join("\n");
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], options);
    await revoked;
    expect(lines.map(({ __typename }) => __typename)).toEqual(["LeadMatched", "LeadRevoked"]);
    expect(lines[0]?.lead?.contact).toMatchObject({ email: "zelie.exemple@courriel.example", phone: null });
    expect(stdout).toContain('"accepted": true');
    expect(stdout).toContain('"amountCents": 3000');
    expect(stdout).toContain('"state": "CLOSED"');
    expect(stdout).toContain('"replaysTheSame": true');
  } finally {
    following.kill("SIGKILL");
  }
});
