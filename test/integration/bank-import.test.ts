/** `npm run bank:import`: a file goes from the disk into the books, and what is wrong with it is printed. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { must } from "../support/client";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let financeToken: string;
let folder: string;

useServer(async (started) => {
  ({ server, owner } = started);
  folder = await mkdtemp(path.join(os.tmpdir(), "caratlas-bank-"));
  const { createApiKey } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }",
    variables: { input: { label: "test", role: "FINANCE" } },
  });
  financeToken = createApiKey.token;
});
afterAll(() => rm(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
}

async function run(content: string, more: string[] = [], token = financeToken): Promise<Ran> {
  const file = path.join(folder, "relevé.csv");
  await writeFile(file, content);
  const program = path.join(__dirname, "../../dist/src/cli/bank-import.js");
  const env = { PATH: process.env["PATH"], CARATLAS_API_KEY: token };
  return promisify(execFile)(process.execPath, [program, file, "--url", server.url, ...more], { env }).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout + stderr };
    },
  );
}

const head = "reference;booked_on;amount;remittance;counterparty\n";
const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
const good = `${head}A1;${day};120,00;a payment;Garage Rose\nA2;${day};-3,50;fees;Banque\n`;
const bad = `${head}B1;${day};12x,00;a payment;Garage Rose\nB2;2026-02-31;5,00;another;Garage Rose\n`;

it("imports a file and prints what became of its lines", async () => {
  expect(await run(good)).toEqual({
    code: 0,
    out: "Imported: 2 lines read, 0 known before, 0 matched, 2 for a person; 0 skipped.\n",
  });
  expect(await owner.rows("SELECT FROM upload WHERE used_at IS NOT NULL")).toHaveLength(1);
});

it("changes nothing when it is run again with the same file", async () => {
  const statements = "SELECT FROM bank_statement";
  const before = (await owner.rows(statements)).length;
  expect((await run(good)).code).toBe(0);
  expect(await owner.rows(statements)).toHaveLength(before);
});

it("prints every fault with its line, exits with 1, and tries the file anew the next time", async () => {
  for (const count of [1, 2]) {
    const { code, out } = await run(bad);
    expect(code).toBe(1);
    expect(out).toMatch(/line 2: .+\n(.*\n)*.*line 3: .+\n/);
    expect(out).toMatch(/Refused: nothing was imported, \d faults\.\n$/);
    expect(await owner.rows("SELECT FROM bank_statement WHERE status = 'REFUSED'")).toHaveLength(count);
  }
});

it.each([
  ["a format that does not exist", ["--format", "PDF"], "--format is one of CAMT053, CFONB120, CSV."],
  ["an IBAN that is none", ["--iban", "FR76"], "iban is not an IBAN"],
  ["an option that does not exist", ["--other", "x"], "Usage:"],
])("explains %s, and exits with 2", async (_, more, message) => {
  const { code, out } = await run(good, more);
  expect([code, out]).toEqual([2, expect.stringContaining(message)]);
});

it("explains a key that may not import, and exits with 2", async () => {
  expect(await run(good, [], server.formToken)).toEqual({
    code: 2,
    out: expect.stringContaining("The role FORM may not do this") as string,
  });
});
