import { randomBytes } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type { JsonValue, Principal, Role } from "../../src/access/identity";
import { AccessService } from "../../src/access/identity/access.service";
import type { KeyInput } from "../../src/access/identity/check-access";
import { ApiKeyEntity } from "../../src/access/identity/api-key.entity";
import { AuditService } from "../../src/access/identity/audit.service";
import { AuthenticateService } from "../../src/access/identity/authenticate.service";
import { IdempotencyService } from "../../src/access/identity/idempotency.service";
import { KeyHolders } from "../../src/access/identity/key-holders.service";
import { KeysService } from "../../src/access/identity/keys.service";
import { MemberVault } from "../../src/access/identity/member-vault.service";
import { MemberEntity, SessionEntity } from "../../src/access/identity/member.entity";
import { limitCheck } from "../../src/access/identity/limits.service";
import { holdings } from "../../src/app/deps/holdings";
import { MembersService } from "../../src/access/identity/members.service";
import { SignInService } from "../../src/access/identity/sign-in.service";
import { systemClock } from "../../src/platform/clock";
import { newId } from "../../src/platform/ids";
import { transactOn, type Transact } from "../../src/platform/database";
import { openDatabase, type Database } from "../../src/platform/pools";
import { ringOf } from "../../src/platform/sealed/key-ring";
import { clockShowing } from "../support/clock";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { asOwnerOf } from "../support/rows";

const password = "a sentence of several words";
const entities = [ApiKeyEntity, MemberEntity, SessionEntity];

let database: TestDatabase;
let pools: Database;
let transact: Transact;
let now = new Date();
let access: AccessService;
let authenticate: AuthenticateService;
let idempotency: IdempotencyService;
let vault: MemberVault;
let audit: AuditService;

// The sandbox has its own tests; here every go-live check has passed.
const sandboxes = {
  open: (_: unknown, id: string) => Promise.resolve(id),
  missing: () => Promise.resolve([]),
};

beforeAll(async () => {
  database = await cloneDatabase();
  pools = await openDatabase({
    ...{ url: database.url, entities, poolSizes: 10 },
    connectTimeoutMs: 60_000,
  });
  transact = transactOn(pools);
  const clock = clockShowing(() => now);
  audit = new AuditService(clock);
  idempotency = new IdempotencyService(ringOf(randomBytes(32)), clock);
  vault = new MemberVault({ masterKey: ringOf(randomBytes(32)), indexKey: ringOf(randomBytes(32)) });
  const members = new MembersService(vault, audit, clock, limitCheck(holdings));
  const keys = new KeysService(audit, clock, limitCheck(holdings));
  access = new AccessService(transact, {
    keys,
    members,
    idempotency,
    holders: new KeyHolders(sandboxes, audit),
    checkLimits: limitCheck(holdings),
  });
  authenticate = new AuthenticateService(transact, { personOf: () => Promise.resolve(null), clock });
});
afterAll(async () => {
  await pools.destroy();
  await database.drop();
});
beforeEach(() => {
  now = new Date();
});

const as = (role: Role, supplierId: string | null = null): Principal => {
  const id = newId();
  return { kind: "KEY", id, consumer: `key:${id}`, role, supplierId, limits: null, origins: [] };
};
const admin = as("ADMIN");
const signInService = (perMinute = 1000): SignInService =>
  new SignInService(transact, vault, audit, { sessionHours: 12, perMinute, clock: clockShowing(() => now) });
const signIn = (
  email: string,
  attempt = password,
  service = signInService(),
): ReturnType<SignInService["signIn"]> =>
  service.signIn({ email, password: attempt, clientAddress: "192.0.2.1" });

let counter = 0;
async function aMember(
  role: Role = "OPERATOR",
  supplierId: string | null = null,
  chosen = password,
): Promise<{ id: string; email: string }> {
  const email = `member${String(++counter)}@example.com`;
  const input = { role, supplierId, name: "Camille", email, password: chosen };
  const { id } = await access.createMember(admin, input);
  return { id, email };
}
async function aKey(change: Partial<KeyInput> = {}): Promise<{ id: string; token: string }> {
  const { key, token } = await access.createKey(admin, { role: "OPERATOR", label: "Test", ...change });
  return { id: key.id, token: token ?? "" };
}
async function aSupplier(): Promise<string> {
  const id = newId();
  await transact({ role: "staff" }, (tx) =>
    tx.query(
      `INSERT INTO supplier VALUES ($1, $2, 'Garage', NULL, NULL, 'rue', '69003', 'Lyon', '69', '{}', now())`,
      [id, id.slice(0, 13)],
    ),
  );
  return id;
}
async function signedIn(email: string): Promise<string> {
  const outcome = await signIn(email);
  if (outcome.kind !== "SIGNED_IN") throw new Error(outcome.message);
  return outcome.token;
}
const rowsOf = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
  transact({ role: "staff" }, (tx) => tx.query<T[]>(sql, parameters));
/** The hashes of passwords and tokens are hidden from staff. */
const ownerRows = async <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => {
  const owner = await asOwnerOf(database);
  return (await owner.rows(sql, parameters).finally(() => owner.end())) as T[];
};

describe("an API key", () => {
  it("authenticates until it is revoked and is stored only as a hash", async () => {
    const { id, token } = await aKey();
    expect(token).toMatch(/^ca_operator_[\w-]{43}$/);
    expect(await authenticate.authenticate(token, null)).toMatchObject({ kind: "KEY", id, role: "OPERATOR" });
    const [row] = await ownerRows<{ row: string }>("SELECT api_key::text AS row FROM api_key WHERE id = $1", [
      id,
    ]);
    expect(row?.row).not.toContain(token.slice(-20));
    await access.revokeKey(admin, id);
    await expect(authenticate.authenticate(token, null)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("of a form stops working with its web origin when revoked: at once here, within a second elsewhere", async () => {
    const origin = "https://form.revoked.example";
    const { id, token } = await aKey({ role: "FORM", origins: [origin] });
    let steady = 0;
    const options = { personOf: () => Promise.resolve(null), steadyClock: () => steady, clock: systemClock };
    const [here, elsewhere] = [1, 2].map(() => new AuthenticateService(transact, options));
    const revoking = new AccessService(transact, {
      ...{
        keys: new KeysService(audit, systemClock, limitCheck(holdings)),
        members: new MembersService(vault, audit, systemClock, limitCheck(holdings)),
        idempotency,
      },
      holders: new KeyHolders(sandboxes, audit),
      checkLimits: limitCheck(holdings),
      keyRevoked: () => here?.keyRevoked(),
    });
    await here?.authenticate(token, null);
    await elsewhere?.authenticate(token, null);
    expect([await here?.originAllowed(origin), await elsewhere?.originAllowed(origin)]).toEqual([true, true]);
    await revoking.revokeKey(admin, id);
    const refused = { code: "UNAUTHENTICATED" };
    await expect(here?.authenticate(token, null)).rejects.toMatchObject(refused);
    expect(await here?.originAllowed(origin)).toBe(false);
    // The other process may use what it read for up to a second.
    steady = 999;
    expect((await elsewhere?.authenticate(token, null))?.id).toBe(id);
    steady = 1_000;
    await expect(elsewhere?.authenticate(token, null)).rejects.toMatchObject(refused);
    expect(await elsewhere?.originAllowed(origin)).toBe(false);
  });

  it("that was never issued authenticates nobody", async () => {
    for (const token of [
      "",
      "ca_operator_",
      `ca_operator_${"x".repeat(43)}`,
      `ca_session_${"x".repeat(43)}`,
    ]) {
      await expect(authenticate.authenticate(token, null)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    }
  });

  it("of a form works only on its web origins, or on every origin if it has none", async () => {
    const bound = await aKey({ role: "FORM", origins: ["https://form.example.com"] });
    expect((await authenticate.authenticate(bound.token, "https://form.example.com")).role).toBe("FORM");
    expect((await authenticate.authenticate(bound.token, null)).role).toBe("FORM");
    const elsewhere = authenticate.authenticate(bound.token, "https://evil.example.com");
    await expect(elsewhere).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await authenticate.originAllowed("https://form.example.com")).toBe(true);
    expect(await authenticate.originAllowed("https://evil.example.com")).toBe(false);
    const open = await aKey({ role: "FORM" });
    expect((await authenticate.authenticate(open.token, "https://any.example.com")).role).toBe("FORM");
    await access.revokeKey(admin, open.id);
  });

  it("is shown once: a repeated request returns the key without its token", async () => {
    const input: KeyInput = { role: "FINANCE", label: "Books" };
    const first = await access.createKey(admin, input, "key-1");
    const again = await access.createKey(admin, input, "key-1");
    expect(first.token).not.toBeNull();
    expect(again).toEqual({ key: first.key, token: null });
    const other = access.createKey(admin, { ...input, label: "Other" }, "key-1");
    await expect(other).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("can be created and revoked by a supplier's administrator for that supplier only", async () => {
    const [mine, theirs] = [await aSupplier(), await aSupplier()];
    const boss = as("SUPPLIER_ADMIN", mine);
    const input: KeyInput = { role: "SUPPLIER_INTEGRATION", label: "CRM" };
    const { key, token } = await access.createKey(boss, input);
    expect(await authenticate.authenticate(token ?? "", null)).toMatchObject({ supplierId: mine });
    const foreign = await aKey({ ...input, supplierId: theirs });
    const refused = { code: "NOT_FOUND" };
    await expect(access.createKey(boss, { ...input, supplierId: theirs })).rejects.toMatchObject(refused);
    await expect(access.revokeKey(boss, foreign.id)).rejects.toMatchObject(refused);
    await expect(access.createKey(boss, { ...input, role: "OPERATOR" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await access.revokeKey(boss, key.id)).revokedAt).toEqual(now);
  });

  it("is refused for a supplier that does not exist", async () => {
    const input: KeyInput = { role: "SUPPLIER_SALES", label: "CRM", supplierId: newId() };
    await expect(access.createKey(admin, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("stillValid", () => {
  it("returns the principals whose key or session is in force and whose member is not disabled", async () => {
    const [kept, revoked] = [await aKey(), await aKey()];
    const [stays, leaves] = [await aMember(), await aMember()];
    const tokens = [kept.token, revoked.token, await signedIn(stays.email), await signedIn(leaves.email)];
    const principals = await Promise.all(tokens.map((token) => authenticate.authenticate(token, null)));
    expect((await authenticate.stillValid(principals)).size).toBe(4);
    await access.revokeKey(admin, revoked.id);
    await access.disableMember(admin, leaves.id);
    expect(await authenticate.stillValid(principals)).toEqual(new Set([principals[0], principals[2]]));
    now = new Date(now.getTime() + 13 * 3_600_000);
    expect(await authenticate.stillValid(principals)).toEqual(new Set([principals[0]]));
  });
});

describe("signing in", () => {
  it("opens a session that ends at sign-out", async () => {
    const { id, email } = await aMember();
    const token = await signedIn(` ${email.toUpperCase()} `);
    const principal = await authenticate.authenticate(token, null);
    expect(principal).toMatchObject({ kind: "SESSION", consumer: `member:${id}`, role: "OPERATOR" });
    await signInService().signOut(principal);
    await expect(authenticate.authenticate(token, null)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("opens a session that expires", async () => {
    const token = await signedIn((await aMember()).email);
    now = new Date(now.getTime() + 12 * 3_600_000);
    await expect(authenticate.authenticate(token, null)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("gives the same answer for a wrong password, an unknown address and a disabled member", async () => {
    const [known, disabled] = [await aMember(), await aMember()];
    await access.disableMember(admin, disabled.id);
    const wrong = await signIn(known.email, "not the password");
    expect(wrong).toMatchObject({ kind: "REFUSED", reason: "INVALID_CREDENTIALS", retryAt: null });
    expect(await signIn("nobody@example.com")).toEqual(wrong);
    expect(await signIn(disabled.email)).toEqual(wrong);
  });

  it("checks at most five concurrent passwords, then locks the address for ten minutes", async () => {
    const { email } = await aMember();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => signIn(email, "not the password")));
    const reasons = outcomes.map((outcome) => (outcome.kind === "REFUSED" ? outcome.reason : outcome.kind));
    expect(reasons.filter((reason) => reason === "INVALID_CREDENTIALS")).toHaveLength(5);
    expect(reasons.filter((reason) => reason === "LOCKED")).toHaveLength(15);
    const retryAt = new Date(now.getTime() + 10 * 60_000);
    expect(await signIn(email)).toMatchObject({ kind: "REFUSED", reason: "LOCKED", retryAt });
    now = retryAt;
    expect((await signIn(email)).kind).toBe("SIGNED_IN");
  });

  it("resets the failure count after a successful sign-in", async () => {
    const { email } = await aMember();
    for (let round = 0; round < 2; round++) {
      for (let failure = 0; failure < 4; failure++) await signIn(email, "not the password");
      expect((await signIn(email)).kind).toBe("SIGNED_IN");
    }
  });

  it("locks unknown addresses in the same way", async () => {
    const service = signInService();
    const reasons: string[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const outcome = await signIn("nobody2@example.com", password, service);
      reasons.push(outcome.kind === "REFUSED" ? outcome.reason : outcome.kind);
    }
    expect(reasons).toEqual([...Array.from({ length: 5 }, () => "INVALID_CREDENTIALS"), "LOCKED"]);
  });

  it("is limited per client address", async () => {
    const service = signInService(2);
    await signIn("nobody3@example.com", password, service);
    await signIn("nobody4@example.com", password, service);
    await expect(signIn("nobody5@example.com", password, service)).rejects.toMatchObject({
      code: "RATE_LIMITED",
    });
  });

  it("audits success and refusal, and stores no personal data in clear text", async () => {
    const { id, email } = await aMember();
    await signIn(email, "not the password");
    await signedIn(email);
    const trace = await rowsOf<{ action: string }>(
      "SELECT action FROM audit_event WHERE subject = $1 ORDER BY at",
      [`member:${id}`],
    );
    expect(trace.map(({ action }) => action).sort()).toEqual([
      "MEMBER_CREATED",
      "SIGNED_IN",
      "SIGN_IN_REFUSED",
    ]);
    const everything = await ownerRows<{ row: string }>(
      `SELECT member::text AS row FROM member UNION ALL SELECT audit_event::text FROM audit_event
       UNION ALL SELECT idempotency_key::text FROM idempotency_key`,
    );
    expect(
      everything.filter(
        ({ row }) => /example\.com|Camille|43616d696c6c65/.test(row) && !row.includes("form."),
      ),
    ).toEqual([]);
  });
});

describe("a password with accents", () => {
  const composed = "phrase écrite à la main";
  const decomposed = composed.normalize("NFD");

  it("is accepted however the keyboard composes them", async () => {
    const { email } = await aMember("DPO", null, decomposed);
    expect((await signIn(email, composed)).kind).toBe("SIGNED_IN");
    expect((await signIn(email, decomposed)).kind).toBe("SIGNED_IN");
    expect((await signIn(email, composed.replaceAll("é", "e"))).kind).toBe("REFUSED");
  });

  it("that was stored as it was typed is still accepted when it is typed so", async () => {
    const { id, email } = await aMember();
    const stored = await hash(decomposed, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await ownerRows("UPDATE member SET password_hash = $2 WHERE id = $1", [id, stored]);
    expect((await signIn(email, decomposed)).kind).toBe("SIGNED_IN");
  });
});

describe("a member", () => {
  it("signs in with every form of the address, and is the only member with it", async () => {
    const name = `anne.${newId()}`;
    const input = { role: "DPO" as const, name: "Dominique", password };
    await access.createMember(admin, { ...input, email: `${name}@exémple.com` });
    for (const email of [`${name}@xn--exmple-cva.com`, `${name}\u200b@EXÉMPLE.com.`]) {
      expect((await signIn(email)).kind).toBe("SIGNED_IN");
      await expect(access.createMember(admin, { ...input, email })).rejects.toMatchObject({
        code: "CONFLICT",
      });
    }
  });

  it("has a unique e-mail address", async () => {
    const { email } = await aMember();
    const again = access.createMember(admin, {
      role: "DPO",
      name: "Dominique",
      email: email.toUpperCase(),
      password,
    });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is created once by a repeated request; another password under the same key is a conflict", async () => {
    const input = { role: "DPO" as const, name: "Dominique", email: "once@example.com", password };
    const first = await access.createMember(admin, input, "member-1");
    expect(await access.createMember(admin, input, "member-1")).toEqual(first);
    const other = access.createMember(admin, { ...input, password: "another sentence of words" }, "member-1");
    await expect(other).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("cannot be disabled by another supplier or by themselves", async () => {
    const [mine, theirs] = [await aSupplier(), await aSupplier()];
    const boss = as("SUPPLIER_ADMIN", mine);
    const foreign = await aMember("SUPPLIER_SALES", theirs);
    await expect(access.disableMember(boss, foreign.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const own = await aMember("SUPPLIER_SALES", mine);
    expect((await access.disableMember(boss, own.id)).disabledAt).toEqual(now);
    const me: Principal = { ...boss, kind: "SESSION", consumer: `member:${own.id}` };
    await expect(access.disableMember(me, own.id)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("an idempotency key", () => {
  const request = (
    key: string | null,
    input: JsonValue = { a: 1 },
  ): Parameters<IdempotencyService["once"]>[1] => ({
    principal: "key:test",
    operation: "test",
    key,
    supplierId: null,
    input,
  });
  const run = (key: string | null, work: () => Promise<JsonValue>, input?: JsonValue): Promise<JsonValue> =>
    transact({ role: "staff" }, (tx) => idempotency.once(tx, request(key, input), work));

  it("gives 20 concurrent duplicates one effect and one answer", async () => {
    let runs = 0;
    const work = (): Promise<JsonValue> => Promise.resolve({ id: `made-${String(++runs)}` });
    const answers = await Promise.all(Array.from({ length: 20 }, () => run("race", work)));
    expect(answers).toEqual(Array.from({ length: 20 }, () => ({ id: "made-1" })));
    expect(runs).toBe(1);
  });

  it("can be used again after a refusal", async () => {
    const refused = run("again", () => Promise.reject(new Error("refused")));
    await expect(refused).rejects.toThrow("refused");
    expect(await run("again", () => Promise.resolve("done"))).toBe("done");
  });

  it("answers CONFLICT to another input and ignores the order of the input's fields", async () => {
    await run("input", () => Promise.resolve("first"), { a: 1, b: [2] });
    expect(await run("input", () => Promise.resolve("second"), { b: [2], a: 1 })).toBe("first");
    const other = run("input", () => Promise.resolve("third"), { a: 1, b: [3] });
    await expect(other).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is optional: without it every request takes effect", async () => {
    let runs = 0;
    const work = (): Promise<number> => Promise.resolve(++runs);
    expect([await run(null, work), await run(null, work)]).toEqual([1, 2]);
  });

  it("has 1 to 200 characters", async () => {
    for (const key of ["", "x".repeat(201)]) {
      await expect(run(key, () => Promise.resolve(1))).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
  });
});
