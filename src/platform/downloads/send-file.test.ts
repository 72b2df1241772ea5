/** Over a real connection, because what is at stake is what happens when it breaks. */
import { get, type IncomingMessage } from "node:http";
import Fastify from "fastify";
import { pause } from "../clock";
import { createApp } from "../http/app";
import { createLog } from "../log";
import { createMetrics } from "../metrics";
import { sendFile, sendHead, type MadeContent } from "./send-file";
import type { DownloadableFile } from "./file-kind";

const megabyte = Buffer.alloc(1024 * 1024, "x");
const described = { kind: "fec", keys: ["2026"], name: "fec.txt", mediaType: "text/plain", supplierId: null };

interface Serving {
  readonly url: string;
  /** Resolves when the file is no longer being made. */
  readonly ended: Promise<void>;
  readonly made: MadeContent[];
  readonly pieces: () => number;
}

/** Serves a file of that many megabytes. */
async function serving(megabytes: number, work: (serving: Serving) => Promise<void>): Promise<void> {
  const app = Fastify();
  const made: MadeContent[] = [];
  let pieces = 0;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      for (; pieces < megabytes; pieces++) yield megabyte;
    } finally {
      end();
    }
  }
  const file: DownloadableFile = { ...described, content };
  const onMade = async (one: MadeContent): Promise<void> => void made.push(one);
  app.route({
    method: ["GET", "HEAD"],
    url: "/",
    exposeHeadRoute: false,
    handler: (request, reply) =>
      request.method === "HEAD" ? sendHead(reply, file) : sendFile(reply, file, { onMade, idleMs: 200 }),
  });
  try {
    await work({ url: await app.listen({ port: 0 }), ended, made, pieces: () => pieces });
  } finally {
    await app.close();
  }
}

const answerTo = (url: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(url, resolve).once("error", reject));

describe("a file that is made piece by piece", () => {
  it("arrives whole, and its size and digest are known afterwards", async () => {
    await serving(3, async ({ url, made }) => {
      const response = await fetch(url);
      expect((await response.arrayBuffer()).byteLength).toBe(3 * megabyte.length);
      expect(response.headers.get("content-disposition")).toBe('attachment; filename="fec.txt"');
      expect(response.headers.get("cache-control")).toBe("private, no-store");
      expect(made).toMatchObject([{ bytes: 3 * megabyte.length }]);
      expect(made[0]?.sha256).toHaveLength(32);
    });
  });

  it("is not made for HEAD", async () => {
    await serving(3, async ({ url, made, pieces }) => {
      const response = await fetch(url, { method: "HEAD" });
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain"]);
      expect([pieces(), made]).toEqual([0, []]);
    });
  });

  it("is no longer made when the client closes the connection", async () => {
    await serving(10_000, async ({ url, ended, made, pieces }) => {
      const answer = await answerTo(url);
      answer.destroy();
      await ended;
      expect(pieces()).toBeLessThan(10_000);
      expect(made).toEqual([]);
    });
  });

  it("is no longer made when the client stops reading", async () => {
    await serving(10_000, async ({ url, ended, made, pieces }) => {
      const answer = await answerTo(url);
      await ended;
      expect(pieces()).toBeLessThan(10_000);
      expect(made).toEqual([]);
      answer.destroy();
    });
  });
});

it("a file that is being sent may take longer than a request", async () => {
  const requestMs = 100;
  const log = createLog({ format: "json", level: "silent", write: () => undefined });
  const app = createApp({ trusts: () => false, log, metrics: createMetrics(), requestMs });
  async function* content(): AsyncGenerator<Uint8Array> {
    yield megabyte;
    await pause(3 * requestMs);
    yield megabyte;
  }
  const onMade = (): Promise<void> => Promise.resolve();
  app.get("/", (_request, reply) => sendFile(reply, { ...described, content }, { onMade }));
  try {
    const response = await fetch(await app.listen({ port: 0 }));
    expect((await response.arrayBuffer()).byteLength).toBe(2 * megabyte.length);
  } finally {
    await app.close();
  }
});
