/**
 * `POST /uploads`, the one door for files: what is taken and refused, by whom it can be used, and what is left of it
 * afterwards. Two servers share the database.
 */
import { createHash, randomBytes } from "node:crypto";
import { must } from "../support/client";
import { newSupplier } from "../support/journey";
import type { Owner, Row } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { beginUpload, codeOfUpload, upload, uploadChunked, type Uploader } from "../support/uploads";
import { useTwoServers } from "../support/use-server";

let server: TestServer;
let beside: TestServer;
let owner: Owner;
const tokens: Record<string, string> = {};
const consumers: Record<string, string> = {};

async function newKey(role: string): Promise<void> {
  const { createApiKey } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token key { id } } }",
    variables: { input: { label: "test", role } },
  });
  tokens[role] = createApiKey.token;
  consumers[role] = `key:${createApiKey.key.id}`;
}

useTwoServers(async (started) => {
  ({ owner } = started);
  [server, beside] = started.servers;
  for (const role of ["FINANCE", "OPERATOR", "DPO"]) await newKey(role);
});

const by = (role: string, on = server): Uploader => ({ url: on.url, token: tokens[role] ?? "" });
const sha256 = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");
const rowsOf = (table: "upload" | "upload_part"): Promise<Row[]> => owner.rows(`SELECT FROM ${table}`);
/** So that no test is refused for what another one left unused. */
beforeEach(() => owner.rows("DELETE FROM upload"));

interface Content {
  readonly name: string;
  readonly content: Buffer;
}

async function contentOf(uploadId: string, consumer = consumers["FINANCE"] ?? ""): Promise<Content> {
  const { transact, access } = beside.running.services;
  const opened = await access.uploads.uploads.open((work) => transact({ role: "staff" }, work), {
    uploadId,
    consumer,
  });
  const pieces: Buffer[] = [];
  for await (const piece of opened.chunks) pieces.push(piece);
  const content = Buffer.concat(pieces);
  expect([content.length, sha256(content)]).toEqual([opened.bytes, opened.sha256.toString("hex")]);
  return { name: opened.name, content };
}

const use = (uploadId: string, on = server): Promise<void> =>
  on.running.services.transact({ role: "staff" }, (tx) =>
    on.running.services.access.uploads.uploads.use(tx, uploadId),
  );

describe("an upload", () => {
  it("is answered with its id, size, digest and end, and can be read by its uploader on any server", async () => {
    const content = randomBytes(700_000);
    const before = server.clock.now().getTime();
    const { status, json, headers } = await upload(by("FINANCE"), content, {
      name: "relevé 11.xml",
    });
    expect([status, headers["cache-control"]]).toEqual([201, "no-store"]);
    expect(json).toEqual({
      uploadId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      bytes: 700_000,
      sha256: sha256(content),
      expiresAt: expect.any(String) as string,
    });
    const lasts = new Date(json["expiresAt"] as string).getTime() - before;
    expect(lasts).toBeGreaterThanOrEqual(3_600_000);
    expect(lasts).toBeLessThan(3_720_000);
    expect(await contentOf(json["uploadId"])).toEqual({ name: "relev__11.xml", content });
  });

  it.each([["text/csv"], ["application/json"], ["application/xml; charset=utf-8"], ["text/plain"], [null]])(
    "may have the media type %s",
    async (type) => {
      const { status, json } = await upload(by("FINANCE"), "{not json", { type });
      expect(status).toBe(201);
      expect(await contentOf(json["uploadId"])).toEqual({ name: "file", content: Buffer.from("{not json") });
    },
  );
});

describe("an upload of 50 MB", () => {
  const chunk = randomBytes(1024 * 1024);
  const megabytes = (count: number): Buffer[] => Array.from({ length: count }, () => chunk);
  const largest = 50 * 1024 * 1024;

  it("goes through in chunks, and is kept in sealed pieces of at most 256 KiB", async () => {
    const { status, json } = await uploadChunked(by("FINANCE"), megabytes(50));
    const digest = sha256(Buffer.concat(megabytes(50)));
    expect([status, json["bytes"], json["sha256"]]).toEqual([201, largest, digest]);
    const [parts] = await owner.rows("SELECT count(*)::int, max(octet_length(sealed))::int FROM upload_part");
    // A nonce and a tag belong to each piece.
    expect(parts).toEqual({ count: 200, max: 256 * 1024 + 28 });
    expect(sha256((await contentOf(json["uploadId"])).content)).toBe(digest);
  });

  it("goes through with a Content-Length", async () => {
    const { status, json } = await upload(by("FINANCE"), Buffer.concat(megabytes(50)));
    expect([status, json["bytes"]]).toEqual([201, largest]);
  });

  it("and one byte is refused at once when its length is known", async () => {
    const headers = { "content-length": String(largest + 1) };
    const { sending, answer } = beginUpload(by("FINANCE"), { headers });
    sending.flushHeaders();
    const { status, json } = await answer;
    expect([status, json["errors"][0].message]).toEqual([
      413,
      "The file is larger than 50 MB. Send it in parts.",
    ]);
    expect(codeOfUpload({ status, json, headers: {} })).toBe("INVALID_INPUT");
    sending.destroy();
    expect(await rowsOf("upload")).toEqual([]);
  });

  it.each([
    ["in chunks", () => uploadChunked(by("FINANCE"), [...megabytes(50), Buffer.from("x")])],
    [
      "with a Content-Length",
      () => upload(by("FINANCE"), Buffer.concat([...megabytes(50), Buffer.from("x")])),
    ],
  ])("and one byte is refused when it is sent %s, and leaves nothing behind", async (_, send) => {
    const { status, json } = await send();
    expect([status, json["errors"][0].extensions.reason]).toEqual([413, "REQUEST_INVALID"]);
    expect(await rowsOf("upload")).toEqual([]);
    expect(await rowsOf("upload_part")).toEqual([]);
  });
});

describe("what is stored", () => {
  it("shows the content and the name in no table, in no encoding", async () => {
    const [content, name] = ["IBAN FR76 Quetzalcoatlus Nordmann", "releve-quetzalcoatlus.csv"];
    const { status } = await upload(by("FINANCE"), content, { name });
    expect(status).toBe(201);
    const tables = await owner.rows(
      "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace",
    );
    expect(tables.length).toBeGreaterThan(70);
    const shown = (text: string): string[] => [
      text,
      Buffer.from(text).toString("hex"),
      Buffer.from(text).toString("base64"),
    ];
    const needles = [...shown("Quetzalcoatlus"), ...shown("quetzalcoatlus")].map((needle) => `%${needle}%`);
    for (const { name: table } of tables) {
      const sql = `SELECT FROM ${String(table)} AS t WHERE t::text LIKE ANY ($1)`;
      expect({ table, found: (await owner.rows(sql, [needles])).length }).toEqual({ table, found: 0 });
    }
  });

  it("opens only in its place", async () => {
    const { json } = await upload(by("FINANCE"), randomBytes(300_000));
    await owner.rows("UPDATE upload_part SET number = 2 - number");
    await owner.rows("UPDATE upload_part SET number = 0 WHERE number = 1");
    await expect(contentOf(json["uploadId"])).rejects.toThrow("authenticate");
  });

  it("names the uploader, the size and the digest in the audit log, and nothing else", async () => {
    const { json } = await upload(by("FINANCE"), "a,b", { name: "Madame Martin.csv" });
    const subject = `upload:${json["uploadId"]}`;
    expect(
      await owner.rows("SELECT actor, action, detail FROM audit_event WHERE subject = $1", [subject]),
    ).toEqual([
      { actor: consumers["FINANCE"], action: "FILE_UPLOADED", detail: { bytes: 3, sha256: sha256("a,b") } },
    ]);
  });
});

describe("the same Idempotency-Key", () => {
  it("with the same bytes gives the same upload, on any server and in any way of sending", async () => {
    const content = randomBytes(300_000);
    const first = await upload(by("FINANCE"), content, { key: "one" });
    const again = await uploadChunked(by("FINANCE", beside), [content], { key: "one" });
    expect([again.status, again.json]).toEqual([201, first.json]);
    expect(await rowsOf("upload")).toHaveLength(1);
    expect((await contentOf(first.json["uploadId"])).content).toEqual(content);
  });

  it("with the same bytes at the same time gives one upload", async () => {
    const content = randomBytes(600_000);
    const answers = await Promise.all(
      [server, beside, server].map((on) => upload(by("FINANCE", on), content, { key: "race" })),
    );
    expect(new Set(answers.map(({ status, json }) => `${status} ${json["uploadId"]}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await rowsOf("upload")).toHaveLength(1);
    expect(await rowsOf("upload_part")).toHaveLength(3);
  });

  it("with other bytes is refused, and leaves the first as it was", async () => {
    const first = await upload(by("FINANCE"), "first", { key: "two" });
    const other = await upload(by("FINANCE", beside), "other", { key: "two" });
    expect([other.status, other.json["errors"][0].extensions]).toEqual([
      409,
      { code: "CONFLICT", reason: "KEY_REUSED", field: "idempotencyKey" },
    ]);
    expect(await rowsOf("upload")).toHaveLength(1);
    expect((await contentOf(first.json["uploadId"])).content.toString()).toBe("first");
  });

  it("with other bytes at the same time gives one upload and one refusal", async () => {
    const answers = await Promise.all([
      upload(by("FINANCE"), randomBytes(600_000), { key: "race" }),
      upload(by("FINANCE", beside), randomBytes(600_000), { key: "race" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await rowsOf("upload")).toHaveLength(1);
    expect(await rowsOf("upload_part")).toHaveLength(3);
  });

  it("of another caller is another key", async () => {
    const mine = await upload(by("FINANCE"), "mine", { key: "three" });
    const theirs = await upload({ url: server.url, token: server.adminToken }, "theirs", { key: "three" });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.json["uploadId"]).not.toBe(theirs.json["uploadId"]);
  });

  it("returns the upload also after its use, so that what used it can be asked again", async () => {
    const first = await upload(by("FINANCE"), "used", { key: "four" });
    await use(first.json["uploadId"]);
    expect((await upload(by("FINANCE", beside), "used", { key: "four" })).json).toEqual(first.json);
  });

  it.each([
    ["", "EMPTY"],
    ["x".repeat(201), "TOO_LONG"],
  ])("must have 1 to 200 characters", async (key, reason) => {
    const { status, json } = await upload(by("FINANCE"), "content", { key });
    expect([status, json["errors"][0].extensions.reason]).toEqual([400, reason]);
    expect((await upload(by("FINANCE"), "content", { key: "x".repeat(200) })).status).toBe(201);
  });
});

describe("an upload works once", () => {
  it("and the second use is a conflict that says so, on any server", async () => {
    const { json } = await upload(by("FINANCE"), "once");
    await use(json["uploadId"]);
    await expect(use(json["uploadId"], beside)).rejects.toMatchObject({
      code: "CONFLICT",
      details: { reason: "UPLOAD_USED", field: "uploadId" },
    });
  });

  it("when two use it at the same time", async () => {
    const { json } = await upload(by("FINANCE"), "once");
    const uses = await Promise.allSettled([use(json["uploadId"]), use(json["uploadId"], beside)]);
    expect(uses.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("and not at all when the transaction of its consumer fails", async () => {
    const { json } = await upload(by("FINANCE"), "once");
    const { transact, access } = server.running.services;
    const failing = transact({ role: "staff" }, async (tx) => {
      await access.uploads.uploads.use(tx, json["uploadId"]);
      throw new Error("the consumer failed");
    });
    await expect(failing).rejects.toThrow("the consumer failed");
    await use(json["uploadId"]);
  });

  it("and only for the caller who sent it", async () => {
    const { json } = await upload(by("FINANCE"), "mine");
    await expect(contentOf(json["uploadId"], "key:somebody-else")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(contentOf("no-id")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

it("a member's upload belongs to the member, in this session and the next", async () => {
  const login = { email: "compta@caratlas.example", password: "une phrase assez longue" };
  const { createMember } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
    variables: { input: { ...login, role: "FINANCE", name: "Compta" } },
  });
  const signIn = async (): Promise<string> => {
    const query = `mutation ($email: String!, $password: String!) {
      signIn(email: $email, password: $password) { ... on SignedIn { token } } }`;
    return (await must(server, null, { query, variables: login })).signIn.token as string;
  };
  const first = await upload({ url: server.url, token: await signIn() }, "a file", { key: "member" });
  const again = await upload({ url: beside.url, token: await signIn() }, "a file", { key: "member" });
  expect([again.status, again.json]).toEqual([201, first.json]);
  const { content } = await contentOf(first.json["uploadId"], `member:${createMember.id}`);
  expect(content.toString()).toBe("a file");
});

describe("an upload is refused", () => {
  it.each([[null], ["ca_key_unknown"]])("without a valid key (%s)", async (token) => {
    const refused = await upload({ url: server.url, token }, "content");
    expect([refused.status, codeOfUpload(refused)]).toEqual([401, "UNAUTHENTICATED"]);
    expect(refused.headers["www-authenticate"]).toBe("Bearer");
  });

  it.each(["OPERATOR", "DPO"])("to the role %s, which may use no mutation that takes one", async (role) => {
    const refused = await upload(by(role), "content");
    expect([refused.status, codeOfUpload(refused)]).toEqual([403, "FORBIDDEN"]);
    expect(await rowsOf("upload")).toEqual([]);
  });

  it("to forms and suppliers", async () => {
    const supplier = await newSupplier(server);
    for (const token of [server.formToken, supplier.token]) {
      const refused = await upload({ url: server.url, token }, "content");
      expect([refused.status, codeOfUpload(refused)]).toEqual([403, "FORBIDDEN"]);
    }
  });

  it.each([
    ["with a Content-Length of 0", () => upload(by("FINANCE"), "")],
    ["in chunks", () => uploadChunked(by("FINANCE"), [])],
    ["without a media type", () => upload(by("FINANCE"), "", { type: null })],
  ])("when it is empty, sent %s", async (_, send) => {
    const { status, json } = await send();
    expect([status, json["errors"][0].extensions]).toMatchObject([
      400,
      { code: "INVALID_INPUT", reason: "EMPTY", field: null },
    ]);
    expect(await rowsOf("upload")).toEqual([]);
  });

  it("when the caller has ten that were not used, until one is used", async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 10; nth++)
      ids.push((await upload(by("FINANCE", nth % 2 ? server : beside), String(nth))).json["uploadId"]);
    const refused = await upload(by("FINANCE"), "one more");
    expect([refused.status, codeOfUpload(refused)]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(3_000);
    expect((await upload({ url: server.url, token: server.adminToken }, "another's")).status).toBe(201);
    await use(ids[0] ?? "");
    expect((await upload(by("FINANCE"), "one more")).status).toBe(201);
  });
});

describe("while a client is slow", () => {
  const piece = randomBytes(300_000);
  const slow = (on: TestServer): ReturnType<typeof beginUpload> => {
    const begun = beginUpload(by("FINANCE", on));
    begun.answer.catch(() => undefined);
    begun.sending.write(piece);
    return begun;
  };
  const partsArrived = (count: number): Promise<unknown> =>
    until(`${count} parts are stored`, async () => (await rowsOf("upload_part")).length === count);

  it("its upload is no upload yet, and holds no transaction", async () => {
    const { sending, answer } = slow(server);
    await partsArrived(1);
    const [{ id }] = (await owner.rows("SELECT id FROM upload")) as [Row];
    await expect(contentOf(String(id))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(use(String(id))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const transactions =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'caratlas' AND xact_start IS NOT NULL";
    await until("no transaction is open", async () => (await owner.rows(transactions)).length === 0);
    sending.end("the end");
    const { status, json } = await answer;
    expect([status, json["bytes"]]).toEqual([201, 300_007]);
  });

  it("a caller cannot send a fourth file, on any server", async () => {
    const sent = [slow(server), slow(beside), slow(server)];
    await partsArrived(3);
    const refused = await upload(by("FINANCE", beside), "the fourth");
    expect([refused.status, codeOfUpload(refused), refused.headers["retry-after"]]).toEqual([
      ...[429, "RATE_LIMITED"],
      "10",
    ]);
    for (const { sending } of sent) sending.end();
    for (const { answer } of sent) expect((await answer).status).toBe(201);
  });

  it("a connection that breaks off leaves nothing behind", async () => {
    const { sending } = slow(server);
    await partsArrived(1);
    sending.destroy();
    await until("nothing is left", async () => (await rowsOf("upload")).length === 0);
    expect(await rowsOf("upload_part")).toEqual([]);
    expect(server.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

/** These move the clock forward, so they come last. */
describe("in time", () => {
  const minuteMs = 60_000;
  const deleteExpired = (): Promise<number> => beside.running.services.access.uploads.deleteExpired();

  it("what a process that died had received is deleted", async () => {
    const { sending, answer } = beginUpload(by("FINANCE"));
    answer.catch(() => undefined);
    sending.write(randomBytes(300_000));
    await until("a part is stored", async () => (await rowsOf("upload_part")).length === 1);
    await deleteExpired();
    expect(await rowsOf("upload_part")).toHaveLength(1);
    server.clock.forward(11 * minuteMs);
    await deleteExpired();
    expect([await rowsOf("upload"), await rowsOf("upload_part")]).toEqual([[], []]);
    sending.destroy();
  });

  it("an upload expires an hour after it was made, its key is free again, and the rest is deleted", async () => {
    const first = await upload(by("FINANCE"), "late", { key: "late" });
    server.clock.forward(59 * minuteMs);
    expect((await contentOf(first.json["uploadId"])).content.toString()).toBe("late");
    server.clock.forward(1 * minuteMs + 1);
    await expect(contentOf(first.json["uploadId"])).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(use(first.json["uploadId"])).rejects.toMatchObject({ code: "NOT_FOUND" });
    const second = await upload(by("FINANCE"), "other bytes", { key: "late" });
    expect(second.status).toBe(201);
    expect(second.json["uploadId"]).not.toBe(first.json["uploadId"]);
    server.clock.forward(61 * minuteMs);
    await deleteExpired();
    expect([await rowsOf("upload"), await rowsOf("upload_part")]).toEqual([[], []]);
  });

  it("a used upload can be read for a day, and its id is remembered for 30", async () => {
    const { json } = await upload(by("FINANCE"), "used", { key: "remembered" });
    await use(json["uploadId"]);
    server.clock.forward(23 * 60 * minuteMs);
    await deleteExpired();
    expect((await contentOf(json["uploadId"])).content.toString()).toBe("used");
    server.clock.forward(61 * minuteMs);
    await deleteExpired();
    expect(await rowsOf("upload_part")).toEqual([]);
    await expect(use(json["uploadId"])).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await upload(by("FINANCE"), "used", { key: "remembered" })).json).toEqual(json);
    server.clock.forward(29 * 24 * 60 * minuteMs);
    await deleteExpired();
    expect(await rowsOf("upload")).toEqual([]);
  });
});
