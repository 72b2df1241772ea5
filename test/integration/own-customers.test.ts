/** A supplier's own customers are not sold to it, and nothing reveals whether a person was in its list. */
import { execFile } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { AuditService } from "../../src/access/identity/audit.service";
import { OwnCustomers } from "../../src/offers/own-customers/own-customers.service";
import { ask, must } from "../support/client";
import {
  inventedPhone,
  newCampaign,
  newKey,
  newSupplier,
  person,
  sendLead,
  type TestSupplier,
} from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
useServer((started) => {
  ({ server, owner } = started);
});
afterEach(() => owner.rows("UPDATE campaign SET status = 'ARCHIVED'"));

const add = "mutation ($hashes: [String!]!) { addOwnCustomers(hashes: $hashes) { count at } }";
const remove =
  "mutation ($hashes: [String!], $since: DateTime) { removeOwnCustomers(hashes: $hashes, notUploadedSince: $since) { count } }";

async function garage(): Promise<TestSupplier> {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier, {
    duplicateWindowDays: 0,
    caps: [{ unit: "LEADS", period: "DAY", limit: 9 }],
  });
  return supplier;
}

/** Hashes a contact as a supplier's own program does. */
async function hash({ token }: TestSupplier, kind: "EMAIL" | "PHONE", written: unknown): Promise<string> {
  const { ownCustomerList } = await must(server, token, { query: "{ ownCustomerList { key } }" });
  return createHmac("sha256", Buffer.from(ownCustomerList.key, "base64"))
    .update(`${kind}:${String(written)}`)
    .digest("hex");
}

const upload = async (supplier: TestSupplier, hashes: string[]): Promise<number> =>
  (await must(server, supplier.token, { query: add, variables: { hashes } })).addOwnCustomers.count;

/** Sends a lead and returns the names of its receivers. */
async function receivers(to: TestSupplier[], contact: Record<string, unknown>): Promise<string[]> {
  const { reference } = await sendLead(server, { to, contact, channels: ["EMAIL", "PHONE"] });
  const rows = await until("it was decided", async () => {
    const found = await owner.rows(
      `SELECT s.name FROM lead l JOIN decision c ON c.lead_id = l.id
       LEFT JOIN delivery d ON d.lead_id = l.id LEFT JOIN supplier s ON s.id = d.supplier_id
       WHERE l.reference = $1 ORDER BY d.seat`,
      [reference],
    );
    return found.length > 0 && found;
  });
  return rows.flatMap(({ name }) => (name === null ? [] : [name as string]));
}

describe("a person in a supplier's list", () => {
  it("is not sold to it, however the address or number is written, but is sold to others", async () => {
    const [a, b] = [await garage(), await garage()];
    const phone = inventedPhone();
    await upload(a, [await hash(a, "EMAIL", "zélie.connue@exemple.example"), await hash(a, "PHONE", phone)]);
    const byAddress = person({ email: " Ze\u0301lie.Connue@EXEMPLE.example", phone: inventedPhone() });
    expect(await receivers([a, b], byAddress)).toEqual([b.name]);
    const national = phone.replace("+33", "0").replace(/(..)(?=.)/g, "$1 ");
    expect(await receivers([a, b], person({ phone: national }))).toEqual([b.name]);
    const nobody = await receivers([a, b], person({ phone: inventedPhone() }));
    expect([...nobody].sort()).toEqual([a.name, b.name].sort());
  });

  it.each([
    ["its accented domain", "x@exémple.example", "x@xn--exmple-cva.example"],
    ["the ASCII form of its domain", "x@xn--exmple-cva.example", "x@exémple.example"],
  ])("is found by a hash of %s, when the other form was typed", async (_what, hashed, typed) => {
    const a = await garage();
    const local = `zelie.${randomUUID().slice(0, 8)}`;
    await upload(a, [await hash(a, "EMAIL", hashed.replace("x", local))]);
    const email = ` ${typed.replace("x", `\u200b${local}`).toUpperCase()}.\u202c`;
    expect(await receivers([a], person({ email, phone: inventedPhone() }))).toEqual([]);
  });

  it("is sold to it again after removal or expiry", async () => {
    const a = await garage();
    const [one, other] = [person({ phone: inventedPhone() }), person({ phone: inventedPhone() })];
    const hashes = [await hash(a, "EMAIL", one["email"]), await hash(a, "EMAIL", other["email"])];
    expect(await upload(a, [...hashes, ...hashes])).toBe(2);
    const removed = await must(server, a.token, { query: remove, variables: { hashes: [hashes[0]] } });
    expect(removed.removeOwnCustomers.count).toBe(1);
    expect(await receivers([a], one)).toEqual([a.name]);
    expect(await receivers([a], other)).toEqual([]);
    server.clock.forward(366 * 86_400_000);
    const { transact, offers } = server.running.services;
    const { ownCustomers } = offers.ownCustomers;
    expect(await transact({ role: "worker" }, (tx) => ownCustomers.forgetOld(tx))).toBeGreaterThan(0);
    expect(await receivers([a], { ...other })).toEqual([a.name]);
  });

  it("is excluded by that list only: another supplier's key gives another hash without effect", async () => {
    const [a, b] = [await garage(), await garage()];
    const contact = person({ phone: inventedPhone() });
    const hashes = [await hash(a, "EMAIL", contact["email"]), await hash(b, "EMAIL", contact["email"])];
    expect(hashes[0]).not.toBe(hashes[1]);
    await upload(b, [hashes[0] ?? ""]);
    await upload(a, [hashes[1] ?? ""]);
    expect(await receivers([a, b], contact)).toHaveLength(2);
  });

  it("is recorded as OWN_CUSTOMER in the decision, which replays to the same result", async () => {
    const a = await garage();
    const contact = person({ phone: inventedPhone() });
    await upload(a, [await hash(a, "PHONE", contact["phone"])]);
    const { reference } = await sendLead(server, { to: [a], contact, channels: ["PHONE"] });
    const decided = await until("it was decided", async () => {
      const { decision } = await must(server, server.adminToken, {
        query: "query ($r: ID!) { decision(reference: $r) { decisions { record replaysTheSame } } }",
        variables: { r: reference },
      });
      return decision.decisions[0];
    });
    expect(decided.replaysTheSame).toBe(true);
    expect(decided.record.outcome.verdicts).toEqual([expect.objectContaining({ reason: "OWN_CUSTOMER" })]);
  });
});

describe("the information a supplier sees", () => {
  const everything = `{ viewer { supplier { id name } } account { balanceCents availableCents postings(first: 100) { edges { node { kind } } } }
    campaigns { edges { node { status version caps { used left } } } } leads { edges { node { id } } }
    feed(first: 100) { hasMore events { __typename } } }`;

  it("is the same whether a person is in its list, chose another supplier or never submitted a request", async () => {
    const sights: unknown[] = [];
    for (const world of ["in the list", "named another", "never came"]) {
      const [a, b] = [await garage(), await garage()];
      const contact = person({ phone: inventedPhone() });
      await upload(a, [
        await hash(a, "EMAIL", world === "in the list" ? contact["email"] : "x@exemple.example"),
      ]);
      if (world === "in the list") expect(await receivers([a, b], contact)).toEqual([b.name]);
      if (world === "named another") expect(await receivers([b], contact)).toEqual([b.name]);
      const seen = await must(server, a.token, { query: everything });
      const { ownCustomerList } = await must(server, a.token, { query: "{ ownCustomerList { count } }" });
      sights.push(
        JSON.parse(JSON.stringify({ seen, ownCustomerList }).replaceAll(a.id, "A").replaceAll(a.name, "A")),
      );
    }
    expect(sights[0]).toEqual(sights[1]);
    expect(sights[1]).toEqual(sights[2]);
  });

  it("does not let the person see why the supplier received nothing", async () => {
    const a = await garage();
    const contact = person({ phone: inventedPhone() });
    await upload(a, [await hash(a, "EMAIL", contact["email"])]);
    const { personalToken } = await sendLead(server, { to: [a], contact });
    const { myRequest } = await must(server, personalToken, {
      query: "{ myRequest { recipients { name sentAt endedAt acknowledgedAt } } }",
    });
    expect(myRequest.recipients).toEqual([
      { name: a.name, sentAt: null, endedAt: null, acknowledgedAt: null },
    ]);
  });
});

describe("an upload", () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ["no hash", add, { hashes: [] }, "hashes is a list of 1 to 1000: send a longer list in several calls."],
    [
      "an address in clear text",
      add,
      { hashes: ["zelie@exemple.example"] },
      "hashes[0] is not an HMAC-SHA-256",
    ],
    ["nothing to remove", remove, {}, "Say what to remove in exactly one way"],
    ["no hash to remove", remove, { hashes: [] }, "hashes is a list of 1 to 1000"],
    [
      "two ways to remove",
      remove,
      { hashes: ["ab".repeat(32)], since: "2026-01-01T00:00:00Z" },
      "Say what to remove in exactly one way",
    ],
  ])(
    "with %s is refused with an explanation that repeats none of the input",
    async (_what, query, variables, message) => {
      const a = await garage();
      const { errors } = await ask(server, a.token, { query, variables });
      expect(errors?.[0]).toMatchObject({ extensions: { code: "INVALID_INPUT" } });
      expect(errors?.[0]?.message).toContain(message);
      expect(JSON.stringify(errors)).not.toContain("zelie@");
    },
  );

  it("is forbidden to the sales role, because the list's key is a secret for integrations", async () => {
    const sales = await newKey(server, (await garage()).id, "SUPPLIER_SALES");
    const { errors } = await ask(server, sales, { query: "{ ownCustomerList { key } }" });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("beyond the maximum list size is refused as a whole, even with two concurrent uploads", async () => {
    const a = await garage();
    const { transact } = server.running.services;
    const { clock } = server;
    const small = new OwnCustomers(
      { transact, audit: new AuditService(clock), clock, longestList: 3 },
      server.keys.indexKey,
    );
    const scope = { role: "supplier" as const, supplierId: a.id, limits: null };
    const editor = { scope, actor: "test" };
    const four = Array.from({ length: 4 }, (_, index) => String(index).repeat(64));
    const results = await Promise.allSettled([
      small.add(editor, four.slice(0, 2)),
      small.add(editor, four.slice(2)),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await small.list(scope)).count).toBe(2);
  });
});

describe("the upload program", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "own-customers-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function run(
    content: string,
    token: string,
    more: string[] = [],
  ): Promise<{ code: number; out: string }> {
    const file = path.join(folder, `${randomUUID()}.csv`);
    await writeFile(file, content);
    const program = path.join(__dirname, "../../dist/src/cli/own-customers.js");
    const env = { PATH: process.env["PATH"], CARATLAS_API_KEY: token };
    return promisify(execFile)(process.execPath, [program, file, "--url", server.url, ...more], { env }).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      (error: unknown) => {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, out: stdout + stderr };
      },
    );
  }

  it("uploads a file of thousands of lines and changes nothing the second time", async () => {
    const a = await garage();
    const phone = inventedPhone();
    const lines = Array.from(
      { length: 2_500 },
      (_, index) => `"Client ${String(index)}";client${String(index)}@exemple.example;`,
    );
    const content = `\uFEFFNom;E-mail;Téléphone\r\n${lines.join("\r\n")}\r\n"Zélie ""la"" dernière";;${phone}\r\n`;
    for (let time = 0; time < 2; time++) {
      const { code, out } = await run(content, a.token);
      expect([code, out]).toEqual([
        0,
        "E-mail addresses are read from “E-mail” (column 2), phone numbers from “Téléphone” (column 3). Ignored: “Nom”.\n2501 lines read, 2501 hashes sent. The list now holds 2501.\n",
      ]);
    }
    expect(
      await receivers([a], person({ email: "client1234@exemple.example", phone: inventedPhone() })),
    ).toEqual([]);
    expect(await receivers([a], person({ phone }))).toEqual([]);
    const replaced = await run("email\nclient7@exemple.example\n", a.token, ["--replace"]);
    expect(replaced.out).toContain("The list now holds 1.");
    expect(await receivers([a], person({ phone }))).toEqual([a.name]);
  });

  it("skips and lists lines it cannot read and exits with code 2", async () => {
    const a = await garage();
    const { code, out } = await run("email,phone\nsecrete-adresse,\nclient@exemple.example,12\n", a.token);
    expect(code).toBe(2);
    expect(out).toContain("Left out: line 2: the e-mail is not an address");
    expect(out).toContain("Left out: line 3: the number cannot be read");
    expect(out).not.toContain("secrete");
  });

  it("removes nothing with --replace when a line was left out, or when it had to stop", async () => {
    const a = await garage();
    await run("email\na@exemple.example\n", a.token);
    const left = await run("email\nb@exemple.example\nnobody\n", a.token, ["--replace"]);
    expect([left.code, left.out]).toEqual([2, expect.stringContaining("The list now holds 2.")]);
    expect(left.out).toContain("Nothing was removed from the list, because lines were left out.");
    const stopped = await run('email\nc@exemple.example\n"d@exemple.example\n', a.token, ["--replace"]);
    expect([stopped.code, stopped.out]).toEqual([
      1,
      expect.stringContaining("a quotation mark is not closed. Lines after it were not read"),
    ]);
    const { ownCustomerList } = await must(server, a.token, { query: "{ ownCustomerList { count } }" });
    expect(ownCustomerList.count).toBe(2);
  });

  it.each([
    ["without a key", "email\n", "", [], "CARATLAS_API_KEY is missing"],
    [
      "with an unknown key",
      "email\na@exemple.example\n",
      "ca_key_nonsense",
      [],
      "This bearer token is unknown, revoked or expired.",
    ],
    [
      "without the expected columns",
      "nom\nEssai\n",
      null,
      [],
      "The first line names no column email or phone",
    ],
    [
      "with an unencrypted URL",
      "email\n",
      null,
      ["--url", "http://leads.example"],
      "must begin with https://",
    ],
    [
      "with an invalid country",
      "email\n",
      null,
      ["--country", "France"],
      "--country is a code of two capital letters",
    ],
  ])("exits with an explanation %s", async (_what, content, token, more, message) => {
    const { code, out } = await run(content, token ?? (await garage()).token, more);
    expect(code).toBe(1);
    expect(out).toContain(message);
  });
});
