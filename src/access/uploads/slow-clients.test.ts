/** Over a real connection, because what is at stake is what happens when a client does not send on. */
import { request, type IncomingMessage } from "node:http";
import { pause } from "../../platform/clock";
import { createApp } from "../../platform/http/app";
import { createLog } from "../../platform/log";
import { createMetrics } from "../../platform/metrics";
import type { Principal } from "../identity";
import { uploadsRoute, type UploadsRouteDeps } from "./uploads.route";

const principal = { role: "FINANCE" } as Principal;
const log = createLog({ format: "json", level: "silent", write: () => undefined });

interface Serving {
  readonly url: string;
  /** Resolves with what reading the body ended with. */
  readonly ended: Promise<unknown>;
}

async function serving(
  deps: Partial<UploadsRouteDeps>,
  work: (serving: Serving) => Promise<void>,
): Promise<void> {
  const app = createApp({ trusts: () => false, log, metrics: createMetrics(), requestMs: 100 });
  let end: (how: unknown) => void = () => undefined;
  const ended = new Promise<unknown>((resolve) => (end = resolve));
  const receive: UploadsRouteDeps["receive"] = async (_by, { body }) => {
    let bytes = 0;
    try {
      for await (const chunk of body) bytes += chunk.length;
    } catch (error) {
      end(error);
      throw error;
    }
    end(null);
    return { id: "an-id", bytes, sha256: Buffer.alloc(32), completedAt: new Date(0) };
  };
  const kinds = [{ rootField: "use" }];
  const permissions = { use: ["FINANCE"] };
  uploadsRoute({ kinds, permissions, authenticate: async () => principal, receive, ...deps })(app);
  app.post("/other", async () => "answer");
  try {
    await work({ url: await app.listen({ port: 0 }), ended });
  } finally {
    app.server.closeAllConnections();
    await app.close();
  }
}

const headers = { authorization: "Bearer key", "content-type": "text/csv" };

function begin(url: string, path: string, type = headers["content-type"]) {
  const sending = request(new URL(path, url), {
    method: "POST",
    headers: { ...headers, "content-type": type },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once("response", resolve).once("error", reject);
  });
  const closed = new Promise<void>((resolve) => sending.once("close", resolve));
  sending.on("error", () => undefined);
  return { sending, answer, closed };
}

it("an upload may take longer than other requests", async () => {
  await serving({}, async ({ url }) => {
    const { sending, answer } = begin(url, "/uploads");
    for (let nth = 0; nth < 4; nth++) {
      sending.write("some");
      await pause(60);
    }
    sending.end();
    const response = await answer;
    expect(response.statusCode).toBe(201);
    expect(JSON.parse((await response.toArray()).join(""))).toMatchObject({ uploadId: "an-id", bytes: 16 });
  });
});

it("a client that sends nothing more is told so, and its connection is closed", async () => {
  await serving({ idleMs: 100 }, async ({ url, ended }) => {
    const { sending, answer, closed } = begin(url, "/uploads");
    sending.write("some");
    const response = await answer;
    expect(response.statusCode).toBe(408);
    expect((await response.toArray()).join("")).toContain("did not arrive whole in time");
    await closed;
    expect(await ended).toMatchObject({ status: 408 });
  });
});

it("another request whose body does not arrive is given up after requestMs, and its connection is closed", async () => {
  await serving({}, async ({ url }) => {
    const { sending, answer, closed } = begin(url, "/other", "application/json");
    sending.write('{"some":');
    expect((await answer).statusCode).toBe(408);
    await closed;
  });
});

it("all other addresses still refuse what is not JSON", async () => {
  await serving({}, async ({ url }) => {
    const answer = await fetch(new URL("/other", url), { method: "POST", headers, body: "a;b" });
    expect(answer.status).toBe(415);
  });
});

it("is for the roles of the mutations that use uploads, and a public mutation cannot use one", async () => {
  await serving({ kinds: [] }, async ({ url }) => {
    const answer = await fetch(new URL("/uploads", url), { method: "POST", headers, body: "a;b" });
    expect(answer.status).toBe(403);
  });
  const open = serving({ permissions: { use: "PUBLIC" } }, () => Promise.resolve());
  await expect(open).rejects.toThrow("A public mutation cannot use uploads");
});
