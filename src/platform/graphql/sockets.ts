/**
 * The WebSocket server on the HTTP port: accepts upgrades, limits how many sockets may be authenticating at
 * once, and terminates sockets that no longer answer pings.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import { cancel, elapsedMs, every, pause } from "../clock";
import { clientAddressOf, type Trusts } from "../http/client-address";
import { languageOf } from "./credentials";
import { limits } from "./limits";
import type { SessionMonitor } from "./session-monitor";
import { createProtocol } from "./protocol";
import { Session, type Protocol } from "./session";
import type { GraphQLServerParts } from "./server-parts";

/** At a shutdown sockets are closed in batches, so that their clients do not all reconnect at the same instant. */
const closeBatchEveryMs = 50;
const closeBatches = 20;
const smallestCloseBatch = 50;

interface OpenSocket<P> {
  readonly session: Session<P>;
  answeredPing: boolean;
}

interface Upgrade {
  readonly request: IncomingMessage;
  readonly connection: Duplex;
}

export class Sockets<P> {
  private readonly openSockets = new Map<WebSocket, OpenSocket<P>>();
  private readonly timer: NodeJS.Timeout;
  private readonly protocol: Protocol<P>;
  private authenticating = 0;
  private stopping = false;
  private readonly upgrader = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols,
  });

  constructor(
    private readonly parts: GraphQLServerParts<P>,
    private readonly sessionMonitor: SessionMonitor<P>,
    private readonly trusts: Trusts,
  ) {
    this.protocol = createProtocol(parts);
    this.timer = every(limits.keepAliveMs, () => this.terminateUnresponsive()).unref();
  }

  attach(server: Server, path: string): void {
    server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
      // Without a listener, a connection that breaks during the upgrade would end the process.
      connection.on("error", destroyed);
      if (request.url?.split("?")[0] !== path) {
        reject(connection, "404 Not Found");
        return;
      }
      if (this.stopping || this.authenticating >= limits.authenticatingSockets) {
        reject(connection, "503 Service Unavailable\r\nRetry-After: 5");
        return;
      }
      this.upgrader.handleUpgrade(request, connection, head, (opened) =>
        this.accept(opened, { request, connection }),
      );
    });
  }

  private accept(socket: WebSocket, { request, connection }: Upgrade): void {
    const { openSockets: gauge } = this.parts.metrics;
    const session = new Session(socket, connection, this.parts, {
      clientAddress: clientAddressOf(request, this.trusts),
      origin: request.headers.origin ?? null,
      language: languageOf(request.headers["accept-language"]),
    });
    const open = { session, answeredPing: true };
    this.openSockets.set(socket, open);
    this.sessionMonitor.add(session);
    gauge.inc();
    this.countAuthenticating(session, socket);
    // An oversized frame ends up here; by then ws has closed the socket with 1009.
    socket.on("error", () => undefined);
    socket.on("pong", () => (open.answeredPing = true));
    socket.once("close", () => {
      this.openSockets.delete(socket);
      this.sessionMonitor.remove(session);
      gauge.dec();
    });
    session.open(this.protocol);
  }

  private countAuthenticating(session: Session<P>, socket: WebSocket): void {
    this.authenticating += 1;
    const finished = (): void => {
      this.authenticating -= 1;
      session.onAuthenticated = () => undefined;
      socket.off("close", finished);
    };
    session.onAuthenticated = finished;
    socket.once("close", finished);
  }

  private terminateUnresponsive(): void {
    for (const [socket, open] of this.openSockets) {
      // A client with unread data cannot answer a ping, so its outbox timeout applies instead.
      const behind = !open.session.outbox.isDrained();
      if (!behind && open.answeredPing) socket.ping();
      else if (!behind) socket.terminate();
      open.answeredPing = behind;
    }
  }

  /** Closes each socket with 1001 once its last answer has been sent, and terminates the rest at the deadline. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping = true;
    const deadline = elapsedMs() + deadlineMs;
    await this.shutDownInBatches();
    while (this.openSockets.size > 0 && elapsedMs() < deadline) await pause(25);
    for (const socket of this.openSockets.keys()) socket.terminate();
    cancel(this.timer);
  }

  private async shutDownInBatches(): Promise<void> {
    const sessions = [...this.openSockets.values()].map(({ session }) => session);
    const batchSize = Math.max(smallestCloseBatch, Math.ceil(sessions.length / closeBatches));
    for (let from = 0; from < sessions.length; from += batchSize) {
      if (from > 0) await pause(closeBatchEveryMs);
      for (const session of sessions.slice(from, from + batchSize)) session.shutDown();
    }
  }
}

// Declared here, because a closure in `attach` would keep the request in memory while the socket is open.
function destroyed(this: Duplex): void {
  this.destroy();
}

function reject(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
