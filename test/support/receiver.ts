/**
 * An HTTPS server of a supplier that behaves as the test requires, with a certificate authority of its own.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { generate } from "selfsigned";
import { Webhook } from "standardwebhooks";
import { until } from "./until";

export interface Received {
  readonly id: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly body: any;
}

export type Behaviour = (response: ServerResponse, received: Received) => void;

export const answering =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end();

export interface Authority {
  readonly key: string;
  readonly cert: string;
  readonly caFile: string;
  remove(): Promise<void>;
}

/** An authority whose own certificate is valid for these names. */
export function newAuthority(names = ["receiver.example", "localhost"]): Authority {
  const { private: key, cert } = generate([{ name: "commonName", value: "receiver of a test" }], {
    algorithm: "sha256",
    keySize: 2048,
    days: 2,
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [{ type: 7, ip: "127.0.0.1" }, ...names.map((value) => ({ type: 2 as const, value }))],
      },
    ],
  });
  const folder = mkdtempSync(path.join(tmpdir(), "caratlas-authority-"));
  const caFile = path.join(folder, "ca.pem");
  writeFileSync(caFile, cert);
  return { key, cert, caFile, remove: () => rm(folder, { recursive: true, force: true }) };
}

export class Receiver {
  /** Every complete request, in the order of arrival. */
  readonly all: Received[] = [];
  connections = 0;
  port = 0;
  behave: Behaviour = answering(204);
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on("connection", (socket: Socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => this.sockets.delete(socket));
    });
    server.on("tlsClientError", () => undefined);
    server.on(
      "request",
      (request: IncomingMessage, response: ServerResponse) => void this.take(request, response),
    );
  }

  static async start({ key, cert }: Pick<Authority, "key" | "cert">): Promise<Receiver> {
    const receiver = new Receiver(createServer({ key, cert }));
    await new Promise<void>((resolve) => receiver.server.listen(0, "127.0.0.1", resolve));
    receiver.port = (receiver.server.address() as AddressInfo).port;
    return receiver;
  }

  url(path = "/hook"): string {
    return `https://127.0.0.1:${this.port}${path}`;
  }

  /** Each message once, by its webhook-id. */
  get distinct(): Received[] {
    return [...new Map(this.all.map((one) => [one.id, one])).values()];
  }

  /** How many connections are open now. */
  get open(): number {
    return this.sockets.size;
  }

  async received(count: number): Promise<Received[]> {
    return until(`${count} messages`, async () => this.all.length >= count && this.all);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const headers = request.headers as Record<string, string>;
    const text = Buffer.concat(chunks).toString();
    const received = {
      id: headers["webhook-id"] ?? "",
      path: request.url ?? "",
      headers,
      text,
      body: headers["content-type"]?.includes("json") ? JSON.parse(text) : null,
    };
    this.all.push(received);
    this.behave(response, received);
  }
}

/** Verifies a request with the library of the specification; throws if this secret did not sign it. */
export const verified = (secret: string, { text, headers }: Received): unknown =>
  new Webhook(secret).verify(text, headers);
