import { connect } from "node:net";
import { getIntrospectionQuery } from "graphql";
import { limits } from "../../src/platform/graphql/limits";
import { gate, post, serve, soon, type Answer, type TestServer } from "./graphql-server-fixture";
import { once } from "node:events";

let server: TestServer;

beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.stop());

const ask = (query: string, variables = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  post(server.url, { query, variables }, headers);
const codeOf = ({ body }: Answer): string | undefined => body.errors?.[0]?.extensions.code;
const messageOf = ({ body }: Answer): string => body.errors?.map(({ message }) => message).join("\n") ?? "";

describe("an operation over HTTP", () => {
  it("is answered with headers that prevent caching and sniffing", async () => {
    const answer = await ask("{ hello }");
    expect(answer).toMatchObject({ status: 200, body: { data: { hello: "hello you" } } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("x-powered-by")).toBeNull();
    expect(answer.headers.get("strict-transport-security")).toBeNull();
  });

  it("is authorised by its bearer token", async () => {
    expect((await ask("{ secret }", {}, { authorization: "Bearer admin-key" })).body.data).toEqual({
      secret: "for ADMIN",
    });
    expect(codeOf(await ask("{ secret }", {}, { authorization: "Bearer sales-key" }))).toBe("FORBIDDEN");
    expect(codeOf(await ask("{ secret }"))).toBe("UNAUTHENTICATED");
  });

  it.each(["Bearer forged", "admin-key", "Basic YTpi", "Bearer "])(
    "is refused with 401 for the authorization %j",
    async (authorization) => {
      const answer = await ask("{ hello }", {}, { authorization });
      expect(answer.status).toBe(401);
      expect(codeOf(answer)).toBe("UNAUTHENTICATED");
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    },
  );

  it("returns a resolver's refusal with its code and message", async () => {
    const answer = await ask("{ taken }");
    expect(answer.status).toBe(200);
    expect(answer.body.errors).toMatchObject([
      {
        message: "This key was used with another input. Use a new key.",
        path: ["taken"],
        extensions: { code: "CONFLICT" },
      },
    ]);
    expect(Object.keys(answer.body.errors?.[0]?.extensions ?? {})).toEqual(["code"]);
  });

  it("hides an internal error behind an id in the log, without personal data in either", async () => {
    const answer = await ask("{ broken }");
    const id = /Quote this id: ([0-9a-f-]{36})$/.exec(messageOf(answer))?.[1];
    expect(codeOf(answer)).toBe("INTERNAL");
    const line = server.logged.find((text) => text.includes(id ?? "no id"));
    expect(line).toContain("duplicate key");
    expect(line).toContain("graphql-server-fixture");
    expect(JSON.stringify(answer.body) + server.logged.join("")).not.toMatch(/dupont|12 34/);
  });
});

describe("an invalid request", () => {
  it.each([
    ["malformed JSON", '{"query": "{ hello }"', 400, "INVALID_INPUT"],
    ["an empty body", "", 400, "INVALID_INPUT"],
    ["no query", "{}", 400, "INVALID_INPUT"],
    ["a list of operations", '[{"query":"{ hello }"}]', 400, "INVALID_INPUT"],
    [
      "a __proto__ key",
      '{"query":"{ hello }","variables":{"__proto__":{"role":"ADMIN"}}}',
      400,
      "INVALID_INPUT",
    ],
    [
      "a persisted query",
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}',
      200,
      "INVALID_INPUT",
    ],
    [
      "a body over the limit",
      JSON.stringify({ query: `{ hello } #${"x".repeat(110_000)}` }),
      413,
      "INVALID_INPUT",
    ],
    ["a syntax error", '{"query":"{ hello("}', 400, "INVALID_INPUT"],
    ["an unknown field", '{"query":"{ helo }"}', 400, "INVALID_INPUT"],
    ["a subscription", '{"query":"subscription { rung }"}', 400, "INVALID_INPUT"],
    ["two operations and no name", '{"query":"query a { hello } query b { hello }"}', 400, "INVALID_INPUT"],
  ])("gets a clear refusal: %s", async (_what, body, status, code) => {
    const answer = await post(server.url, body);
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status, code });
    expect(messageOf(answer)).not.toContain("    at ");
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "is refused as %s, which any web page could send",
    async (type) => {
      const answer = await post(server.url, '{"query":"{ hello }"}', { "content-type": type });
      expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 415, code: "INVALID_INPUT" });
    },
  );

  it("is refused with GET", async () => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent("{ hello }")}`);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });

  it.each(["/nothing", "/%E0%A4%A", "/graphql/x", "/../etc/passwd"])("gets an error at %s", async (path) => {
    const response = await fetch(server.url + path);
    expect([400, 404]).toContain(response.status);
    expect(await response.json()).toHaveProperty("errors[0].extensions.code");
  });
});

describe("input in error messages", () => {
  const typed = "query ($contact: ContactInput!) { hello(contact: $contact) }";
  it.each([
    ["a wrong type", typed, { contact: { name: "Jean", age: "Dupont" } }],
    ["a missing field", typed, { contact: { age: 1, Dupont: 2 } }],
    ["a text that cannot be stored", typed, { contact: { name: "Dupont\u0000" } }],
    ["something else altogether", typed, { contact: ["Dupont"] }],
    ["a literal of the wrong type", '{ hello(contact: { name: "Jean", age: "Dupont" }) }', {}],
    ["a list as a name", '{ hello(contact: { name: ["Dupont"] }) }', {}],
    ["a literal after a mistake", '{ hello "Dupont" }', {}],
    ["a literal that cannot be stored", '{ hello(contact: { name: "Dupont\\u0000" }) }', {}],
  ])("is never repeated: %s", async (_what, query, variables) => {
    const answer = await ask(query, variables);
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 400, code: "INVALID_INPUT" });
    expect(messageOf(answer).replace('Field "Dupont" is not defined', "")).not.toContain("Dupont");
  });

  it("is described by its position and the expected type", async () => {
    const answer = await ask(typed, { contact: { name: 5, age: 1.5 } });
    expect(messageOf(answer)).toBe(
      'Variable "$contact" got an invalid value at "contact.name": it must be a valid String.',
    );
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({ field: "contact.name", reason: "MALFORMED" });
    expect(messageOf(await ask(typed))).toBe(
      'Variable "$contact" of required type "ContactInput!" was not provided.',
    );
  });
});

describe("an operation beyond the limits", () => {
  const deep = (levels: number): string =>
    `{ tree ${"{ branch ".repeat(levels - 2)}{ id }${" }".repeat(levels - 2)} }`;
  const bomb = Array.from(
    { length: 30 },
    (_, i) => `fragment f${i} on Tree { branch { ...f${i + 1} } id ...f${i + 1} }`,
  );

  it.each([
    ["nesting", deep(limits.depth + 1), "is nested 11 levels deep; the limit is 10"],
    [
      "aliases",
      `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: hello`).join(" ")} }`,
      "uses 16 aliases; the limit is 15",
    ],
    ["directives", `{ ${"hello @include(if: true) ".repeat(10)} }`, "uses 10 directives; the limit is 9"],
    [
      "fields",
      `{ tree { ...f0 } } ${bomb.join("\n")} fragment f30 on Tree { id }`,
      "selects over a million fields",
    ],
    ["tokens", `{ ${"hello ".repeat(1_100)} }`, "1000 tokens. Parsing aborted"],
    [
      "a fragment in itself",
      "{ tree { ...f } } fragment f on Tree { branch { ...f } }",
      "Cannot spread fragment",
    ],
  ])("is refused: %s", async (_what, query, words) => {
    const answer = await ask(query);
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 400, code: "INVALID_INPUT" });
    expect(messageOf(answer)).toContain(words);
  });

  it("is refused only above the limit", async () => {
    expect((await ask(deep(limits.depth))).status).toBe(200);
    expect((await ask(`{ ${Array.from({ length: 10 }, (_, i) => `a${i}: hello`).join(" ")} }`)).status).toBe(
      200,
    );
    expect((await ask(getIntrospectionQuery())).status).toBe(200);
  });
});

describe("a page of another origin", () => {
  const from = (origin: string, method: string): Promise<Response> =>
    fetch(`${server.url}/graphql`, {
      method,
      headers: { origin, "content-type": "application/json" },
      ...(method === "POST" && { body: '{"query":"{ hello }"}' }),
    });

  it("may read answers from a registered form origin", async () => {
    for (const method of ["OPTIONS", "POST"]) {
      const { headers } = await from("https://forms.example.fr", method);
      expect(headers.get("access-control-allow-origin")).toBe("https://forms.example.fr");
      expect(headers.get("vary")).toContain("Origin");
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  it.each(["https://evil.example", "null", "https://forms.example.fr.evil.example"])(
    "may not read answers from %s",
    async (origin) => {
      for (const method of ["OPTIONS", "POST"]) {
        expect((await from(origin, method)).headers.get("access-control-allow-origin")).toBeNull();
      }
    },
  );
});

describe("other paths", () => {
  it("report liveness, readiness and metrics", async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
      status: "ready",
      checks: { database: "ok" },
    });
    await post(server.url, { query: "query NamedByAClient { hello }" });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/graphql_operations_total\{type="query",outcome="OK"\} \d/);
    expect(metrics).toMatch(/http_request_duration_seconds_count\{route="\/graphql",status="200"\} \d/);
    expect(metrics).not.toContain("NamedByAClient");
  });

  it.each(["/", "/graphql", "/classement"])(
    "show a page at %s that loads nothing, French first",
    async (path) => {
      const response = await fetch(server.url + path);
      const html = await response.text();
      expect(response.headers.get("content-type")).toContain("text/html");
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script|src=|https?:\/\/(?!localhost)/);
      expect(html.indexOf('lang="fr"')).toBeLessThan(html.indexOf('lang="en"'));
    },
  );
});

describe("GET /schema.graphql", () => {
  const schemaAs = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${server.url}/schema.graphql`, { headers });

  it("sends each caller the schema of its role, which nobody else may store", async () => {
    const response = await schemaAs({ authorization: "Bearer sales-key" });
    expect(await response.text()).toBe("# for SUPPLIER_SALES");
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it.each<Record<string, string>>([{}, { authorization: "Bearer forged" }])(
    "refuses the caller with the headers %j",
    async (headers) => {
      const response = await schemaAs(headers);
      expect(response.status).toBe(401);
      expect(await response.json()).toHaveProperty("errors[0].extensions.code", "UNAUTHENTICATED");
    },
  );
});

describe("server options", () => {
  it("can hide the schema, including suggestions for misspelled names", async () => {
    const hidden = await serve({ introspection: false });
    expect(codeOf(await post(hidden.url, { query: "{ __schema { types { name } } }" }))).toBe(
      "INVALID_INPUT",
    );
    expect(messageOf(await post(hidden.url, { query: "{ helo }" }))).toBe(
      'Cannot query field "helo" on type "Query".',
    );
    expect((await post(hidden.url, { query: "{ __typename }" })).body.data).toEqual({ __typename: "Query" });
    await hidden.stop();
  });

  it("make the server not ready when a check fails", async () => {
    const unready = await serve({ ready: async () => Promise.reject(new Error("connection refused")) });
    const response = await fetch(`${unready.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: "not ready", checks: { readiness: "failed" } });
    await unready.stop();
  });

  it("let a trusted proxy set the client address and HTTPS", async () => {
    const seen: string[] = [];
    const authenticate = async (_bearer: string | null, _origin: string | null, address: string) => {
      seen.push(address);
      return null;
    };
    const headers = { "x-forwarded-for": "203.0.113.9, 198.51.100.7", "x-forwarded-proto": "https" };
    const behind = await serve({ trustedProxies: ["127.0.0.0/8"], authenticate });
    const direct = await serve({ authenticate });
    const secure = await post(behind.url, { query: "{ hello }" }, headers);
    const plain = await post(direct.url, { query: "{ hello }" }, headers);
    expect(seen).toEqual(["198.51.100.7", "127.0.0.1"]);
    expect(secure.headers.get("strict-transport-security")).toContain("max-age");
    expect(plain.headers.get("strict-transport-security")).toBeNull();
    await Promise.all([behind.stop(), direct.stop()]);
  });

  it("give up a request that takes too long", async () => {
    // Enough for the body to arrive; the operation itself never ends.
    const hasty = await serve({ requestMs: 1_000 });
    try {
      const answer = await post(hasty.url, { query: "mutation { wait }" });
      expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 503, code: "UNAVAILABLE" });
      expect(answer.headers.get("retry-after")).toBe("5");
      expect(messageOf(answer)).toContain("idempotencyKey");
    } finally {
      gate.emit("open");
      await hasty.stop();
    }
  });
});

describe("stopping the server", () => {
  it("finishes the request in progress, refuses new ones and leaves no connection open", async () => {
    const ending = await serve();
    const port = Number(new URL(ending.url).port);
    const silent = connect(port, "127.0.0.1");
    await once(silent, "connect");
    const reached = once(gate, "reached");
    const inFlight = post(ending.url, { query: "mutation { wait }" });
    await reached;
    const stopping = ending.stop();
    await expect(fetch(`${ending.url}/healthz`, { headers: { connection: "close" } })).rejects.toThrow();
    gate.emit("open");
    expect((await inFlight).body.data).toEqual({ wait: "done" });
    await stopping;
    await soon(() => silent.destroyed || silent.readableEnded);
    silent.destroy();
    await ending.stop();
  });
});
