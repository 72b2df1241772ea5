/**
 * The WebSocket side of the server: lets sockets in on the port of HTTP, no more at once than can be looked
 * at, and drops those that no longer answer.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import { cancel, elapsedMs, every, pause } from "../clock";
import { clientAddressOf, type Trusts } from "../http/client-address";
import { languageOf } from "./credentials";
import { limits } from "./limits";
import type { Doorkeeper } from "./doorkeeper";
import { speak } from "./protocol";
import { Session, type Protocol } from "./session";
import type { Shell } from "./shell";

/** Goodbyes are spread, so that those who come back do not all come back in the same instant. */
const goodbyeEveryMs = 50;
const goodbyes = 20;
const fewEnough = 50;

interface Guest<P> {
  readonly session: Session<P>;
  answered: boolean;
}

interface Arrival {
  readonly request: IncomingMessage;
  readonly carrier: Duplex;
}

export class Sockets<P> {
  private readonly guests = new Map<WebSocket, Guest<P>>();
  private readonly timer: NodeJS.Timeout;
  private readonly protocol: Protocol<P>;
  private entering = 0;
  private stopping = false;
  private readonly upgrader = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols,
  });

  constructor(
    private readonly shell: Shell<P>,
    private readonly doorkeeper: Doorkeeper<P>,
    private readonly trusts: Trusts,
  ) {
    this.protocol = speak(shell);
    this.timer = every(limits.keepAliveMs, () => this.dropSilent()).unref();
  }

  attach(server: Server, path: string): void {
    server.on("upgrade", (request: IncomingMessage, carrier: Duplex, head: Buffer) => {
      // Without a listener, a connection that breaks during the upgrade would end the process.
      carrier.on("error", destroyed);
      if (request.url?.split("?")[0] !== path) {
        turnAway(carrier, "404 Not Found");
        return;
      }
      if (this.stopping || this.entering >= limits.enteringSockets) {
        turnAway(carrier, "503 Service Unavailable\r\nRetry-After: 5");
        return;
      }
      this.upgrader.handleUpgrade(request, carrier, head, (opened) =>
        this.welcome(opened, { request, carrier }),
      );
    });
  }

  private welcome(socket: WebSocket, { request, carrier }: Arrival): void {
    const { openSockets } = this.shell.metrics;
    const session = new Session(socket, carrier, this.shell, {
      clientAddress: clientAddressOf(request, this.trusts),
      origin: request.headers.origin ?? null,
      language: languageOf(request.headers["accept-language"]),
    });
    const guest = { session, answered: true };
    this.guests.set(socket, guest);
    this.doorkeeper.enter(session);
    openSockets.inc();
    this.countEntering(session, socket);
    // A frame over the limit arrives here; ws has closed the socket with 1009 already.
    socket.on("error", () => undefined);
    socket.on("pong", () => (guest.answered = true));
    socket.once("close", () => {
      this.guests.delete(socket);
      this.doorkeeper.leave(session);
      openSockets.dec();
    });
    session.open(this.protocol);
  }

  private countEntering(session: Session<P>, socket: WebSocket): void {
    this.entering += 1;
    const entered = (): void => {
      this.entering -= 1;
      session.onEntered = () => undefined;
      socket.off("close", entered);
    };
    session.onEntered = entered;
    socket.once("close", entered);
  }

  private dropSilent(): void {
    for (const [socket, guest] of this.guests) {
      // Whoever has not read what comes before a ping cannot answer it: how long that may go on, its outbox says.
      const behind = !guest.session.outbox.isFree();
      if (!behind && guest.answered) socket.ping();
      else if (!behind) socket.terminate();
      guest.answered = behind;
    }
  }

  /** Closes every socket with 1001 when its last answer is out; what is left at the deadline is cut. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping = true;
    const deadline = elapsedMs() + deadlineMs;
    await this.sayGoodbye();
    while (this.guests.size > 0 && elapsedMs() < deadline) await pause(25);
    for (const socket of this.guests.keys()) socket.terminate();
    cancel(this.timer);
  }

  private async sayGoodbye(): Promise<void> {
    const sessions = [...this.guests.values()].map(({ session }) => session);
    const atOnce = Math.max(fewEnough, Math.ceil(sessions.length / goodbyes));
    for (let from = 0; from < sessions.length; from += atOnce) {
      if (from > 0) await pause(goodbyeEveryMs);
      for (const session of sessions.slice(from, from + atOnce)) session.leave();
    }
  }
}

// Not an arrow where the request is known: that one would keep the request for as long as the socket lives.
function destroyed(this: Duplex): void {
  this.destroy();
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
