/** What a client learns from an error, which is the same over HTTP, WebSockets and event streams. */
import { post, serve, Wire, type TestServer } from "./graphql-server-fixture";

let server: TestServer;

beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.stop());

interface ShownError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

async function overHttp(query: string, variables: object): Promise<ShownError[]> {
  return (await post(server.url, { query, variables })).body.errors ?? [];
}

async function overSocket(query: string, variables: object): Promise<ShownError[]> {
  const wire = await Wire.enter(server.wsUrl);
  wire.ask("1", query, variables);
  const { type, payload } = await wire.next();
  await wire.close();
  return type === "error" ? (payload as ShownError[]) : ((payload as { errors?: ShownError[] }).errors ?? []);
}

async function overStream(query: string, variables: object): Promise<ShownError[]> {
  const response = await fetch(`${server.url}/graphql/stream`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query, variables }),
  });
  const data = /^data: (.*)$/m.exec(await response.text())?.[1] ?? "{}";
  return (JSON.parse(data) as { errors?: ShownError[] }).errors ?? [];
}

describe.each([
  ["HTTP", overHttp],
  ["a WebSocket", overSocket],
  ["an event stream", overStream],
])("over %s", (_transport, errorsOf) => {
  it("lists all faults of the variables in one error", async () => {
    const query = "query ($it: ContactInput!) { hello(contact: $it) }";
    const errors = await errorsOf(query, { it: { age: "old", size: 3 } });
    expect(errors).toHaveLength(1);
    const [error] = errors;
    expect(error?.extensions).toMatchObject({
      code: "INVALID_INPUT",
      reason: "REQUIRED",
      field: "contact.name",
    });
    const { faults } = error?.extensions as { faults: { field: string; reason: string; message: string }[] };
    expect(faults.map(({ field, reason }) => [field, reason])).toEqual([
      ["contact.name", "REQUIRED"],
      ["contact.age", "MALFORMED"],
      ["contact.size", "UNKNOWN_FIELD"],
    ]);
    expect(faults[0]?.message).toBe(error?.message);
  });

  it("lists all faults that a resolver found in one error", async () => {
    const faults = ["name", "zones"].map((field) => ({
      reason: "REQUIRED",
      field,
      message: `${field} is required.`,
    }));
    expect(await errorsOf("{ terms }", {})).toMatchObject([
      {
        message: "name is required.",
        extensions: { code: "INVALID_INPUT", reason: "REQUIRED", field: "name", faults },
      },
    ]);
  });

  it("refuses a second mutation in one operation", async () => {
    const query = "mutation { done ...More } fragment More on Mutation { again: done }";
    expect(await errorsOf(query, {})).toMatchObject([
      { extensions: { code: "INVALID_INPUT", reason: "ONE_MUTATION_PER_OPERATION" } },
    ]);
    expect(await errorsOf("mutation { __typename done }", {})).toEqual([]);
  });

  it("says when to try again, and when that is useless", async () => {
    expect(await errorsOf("{ busy(retryAfterSeconds: 7) }", {})).toMatchObject([
      { extensions: { code: "UNAVAILABLE", retryAfterSeconds: 7 } },
    ]);
    const [cards] = await errorsOf("{ cards }", {});
    expect(cards?.extensions).toEqual({ code: "UNAVAILABLE", reason: "NOT_CONFIGURED" });
  });
});

describe("the HTTP status", () => {
  const statusOf = async (query: string): Promise<[number, string | null]> => {
    const { status, headers } = await post(server.url, { query });
    return [status, headers.get("retry-after")];
  };

  it("is 503 with Retry-After while something is unavailable", async () => {
    expect(await statusOf("{ busy(retryAfterSeconds: 7) }")).toEqual([503, "7"]);
  });

  it("is 200 without Retry-After for what is not configured", async () => {
    expect(await statusOf("{ cards }")).toEqual([200, null]);
  });

  it("stays 200 when another field of the query has an answer", async () => {
    expect(await statusOf("{ hello busy(retryAfterSeconds: 7) }")).toEqual([200, "7"]);
  });
});
