/**
 * The WebSocket side of the server: lets sockets in on the port of HTTP, asks once a second whether those who
 * opened them may still be there, and drops those that no longer answer.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import { clientAddressOf, type Trusts } from "../http/client-address";
import { describeError } from "../log";
import { languageOf } from "./credentials";
import { limits } from "./limits";
import { Session } from "./session";
import type { Shell } from "./shell";
import { closeCodes } from "./socket-manners";

const validityMs = 1_000;

interface Guest<P> {
  readonly session: Session<P>;
  answered: boolean;
}

export class Sockets<P> {
  private readonly guests = new Map<WebSocket, Guest<P>>();
  private readonly timers: NodeJS.Timeout[];
  private stopping = false;
  private asking = false;
  private readonly upgrader = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols,
  });

  constructor(
    private readonly shell: Shell<P>,
    private readonly trusts: Trusts,
  ) {
    this.timers = [
      setInterval(() => void this.closeInvalid(), validityMs).unref(),
      setInterval(() => this.dropSilent(), limits.keepAliveMs).unref(),
    ];
  }

  attach(server: Server, path: string): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Without a listener, a connection that breaks during the upgrade would end the process.
      socket.on("error", () => socket.destroy());
      if (request.url?.split("?")[0] !== path) {
        turnAway(socket, "404 Not Found");
        return;
      }
      if (this.stopping) {
        turnAway(socket, "503 Service Unavailable");
        return;
      }
      this.upgrader.handleUpgrade(request, socket, head, (opened) => this.welcome(opened, request));
    });
  }

  private welcome(socket: WebSocket, request: IncomingMessage): void {
    const { openSockets } = this.shell.metrics;
    const session = new Session(socket, this.shell, {
      clientAddress: clientAddressOf(request, this.trusts),
      origin: request.headers.origin ?? null,
      language: languageOf(request.headers["accept-language"]),
    });
    const guest = { session, answered: true };
    this.guests.set(socket, guest);
    openSockets.inc();
    // A frame over the limit arrives here; ws has closed the socket with 1009 already.
    socket.on("error", () => undefined);
    socket.on("pong", () => (guest.answered = true));
    socket.once("close", () => {
      this.guests.delete(socket);
      openSockets.dec();
    });
    session.open();
  }

  private async closeInvalid(): Promise<void> {
    const guests = [...this.guests.values()];
    const principals = [...new Set(guests.map(({ session }) => session.principal))].filter(
      (one) => one !== null,
    );
    // One question at a time: a slow answer must not pile up more.
    if (this.asking || principals.length === 0) return;
    this.asking = true;
    try {
      const valid = await this.shell.stillValid(principals);
      const gone = new Set(principals.filter((principal) => !valid.has(principal)));
      for (const { session } of guests) {
        if (session.principal !== null && gone.has(session.principal))
          session.close(closeCodes.forbidden, "Forbidden");
      }
    } catch (error) {
      this.shell.log.warn(
        { err: describeError(error) },
        "Could not ask whether open sockets are still allowed",
      );
    } finally {
      this.asking = false;
    }
  }

  private dropSilent(): void {
    for (const [socket, guest] of this.guests) {
      if (guest.answered) socket.ping();
      else socket.terminate();
      guest.answered = false;
    }
  }

  /** Closes every socket with 1001 when its last answer is out; what is left at the deadline is cut. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping = true;
    for (const { session } of this.guests.values()) session.leave();
    const deadline = performance.now() + deadlineMs;
    while (this.guests.size > 0 && performance.now() < deadline) await pause(25);
    for (const socket of this.guests.keys()) socket.terminate();
    for (const timer of this.timers) clearInterval(timer);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
