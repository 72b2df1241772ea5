/**
 * Stops an HTTP server without failing requests that clients have already sent. Node would close idle connections
 * at once, although the next request of one may be on its way. Instead, responses carry "connection: close", and
 * connections are closed once the server has been quiet for a moment.
 */
import { Server as NetServer } from "node:net";
import type { FastifyInstance } from "fastify";
import { elapsedMs, pause } from "../clock";

export interface Drain {
  readonly stopping: () => boolean;
  /** Refuses new connections at once. Resolves when no request is in flight any more, or at the deadline. */
  readonly drain: (deadlineMs: number) => Promise<void>;
}

const quietMs = 250;

export function drainable(app: FastifyInstance): Drain {
  let inFlight = 0;
  let stopping = false;
  let lastActivity = 0;

  app.addHook("onRequest", async (_request, reply) => {
    inFlight += 1;
    lastActivity = elapsedMs();
    reply.raw.once("close", () => {
      inFlight -= 1;
      lastActivity = elapsedMs();
    });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (stopping) void reply.header("connection", "close");
  });

  async function drain(deadlineMs: number): Promise<void> {
    stopping = true;
    lastActivity = elapsedMs();
    const deadline = lastActivity + deadlineMs;
    // The close() of node:http would also close idle connections.
    NetServer.prototype.close.call(app.server);
    const quiet = () => inFlight === 0 && elapsedMs() - lastActivity >= quietMs;
    while (!quiet() && elapsedMs() < deadline) await pause(25);
    app.server.closeAllConnections();
    await app.close();
  }

  return { stopping: () => stopping, drain };
}
